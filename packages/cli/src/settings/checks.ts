import { FORMATS, type Format } from '../output/listing.js'
import { UsageError } from '../usage-error.js'

/** A variable of the environment; an empty one counts as none. */
export function variable(name: string): string | undefined {
  return process.env[name] || undefined
}

/** The kind of RCON that a server runs; `auto` detects it from the server's lines. */
export const GAMES = ['auto', 'battleye', 'reforger'] as const
export type Game = (typeof GAMES)[number]

/** @throws {@link UsageError} naming the setting. */
export function checkGame(name: string, value: unknown): Game {
  const game = GAMES.find((each) => each === value)
  if (game === undefined) throw new UsageError(`${name} must be one of ${GAMES.join(', ')}`)
  return game
}

/** @throws {@link UsageError} naming the setting. */
export function checkFormat(name: string, value: unknown): Format {
  const format = FORMATS.find((each) => each === value)
  if (format === undefined) throw new UsageError(`${name} must be one of ${FORMATS.join(', ')}`)
  return format
}

/** A port from a number or from digits. @throws {@link UsageError} naming the setting. */
export function checkPort(name: string, value: unknown): number {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value
  if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new UsageError(`${name} must be a whole number from 1 to 65535`)
}

/** A time in seconds as milliseconds. @throws {@link UsageError} naming the setting. */
export function checkSeconds(name: string, value: unknown): number {
  const seconds = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
  if (typeof seconds === 'number' && seconds > 0 && seconds < Number.POSITIVE_INFINITY) return seconds * 1_000
  throw new UsageError(`${name} must be a number of seconds greater than 0`)
}

/** The format of lists: the same whether a person looks or not, so that a script does what its author saw. */
export function formatOf(flags: { readonly format?: Format }, profile: { readonly format?: Format }): Format {
  const name = flags.format ?? variable('RCON_FORMAT') ?? profile.format ?? 'table'
  return checkFormat('the format', name)
}
