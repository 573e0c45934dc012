import { InvalidArgumentError } from '@bercon/core'
import { checkNames, checkNumber } from '@bercon/core/kit'
import { type CommandName, commandName } from './command-name.js'

/** What users of a role may do. */
export interface RoleOptions {
  /** Globs of names of servers, such as `dayz-*`; the role's users do not see any others. */
  readonly servers: readonly string[]
  /**
   * Names of commands: `players`, `#lock`, or with the first argument, `#ban list`. `*` allows every command that has
   * a name, but none that changes or ends the gateway's own login. Everything else is refused.
   */
  readonly commands: readonly string[]
  /**
   * Globs of names of events, such as `player*`.
   * @default ['*']
   */
  readonly events?: readonly string[] | undefined
  /**
   * Commands in a minute for each user, from 1 to 100,000; refused ones count too.
   * @default no limit
   */
  readonly perMinute?: number | undefined
  /**
   * What stands before a text of `say`, so that players see who speaks; `{user}` is the user's name.
   * @default ''
   */
  readonly sayPrefix?: string | undefined
  /**
   * Whether users of the role may read the audit.
   * @default false
   */
  readonly audit?: boolean | undefined
}

/** Each with a default in place of what was left out. */
export type RoleSettings = { readonly [Name in keyof RoleOptions]-?: NonNullable<RoleOptions[Name]> }

const DEFAULTS = { events: ['*'], perMinute: Number.POSITIVE_INFINITY, sayPrefix: '', audit: false }
const NAMES = ['servers', 'commands', ...Object.keys(DEFAULTS)]

// A name or address of the game server's would change under the gateway, or its login would end for everybody.
const OWN_LOGIN = ['rconpassword', 'rconport', 'rconip', 'logout', 'exit']
// Arma's command that passes another one on to BattlEye.
const PASSING_ON = 'beserver'

/** Whether a command would change or end the login that all users share: no role allows it, with or without a sign. */
export function isAboutOwnLogin({ name, argument }: Pick<CommandName, 'name' | 'argument'>): boolean {
  const bare = withoutSign(name)
  return OWN_LOGIN.includes(bare === PASSING_ON ? withoutSign(argument) : bare)
}

function withoutSign(name: string): string {
  return name.replace(/^[#@]+/, '')
}

/**
 * The settings of a role, checked.
 *
 * @param path - what stands before the names of options in errors, such as `roles.moderator.`
 * @throws {@link InvalidArgumentError} that names what is wrong.
 */
export function roleSettings(options: RoleOptions, path: string): RoleSettings {
  checkObject(path.replace(/\.$/, ''), options)
  checkNames(options, NAMES)
  const settings = settingsOf(options)
  checkList(`${path}servers`, settings.servers)
  checkList(`${path}commands`, settings.commands)
  checkList(`${path}events`, settings.events)
  for (const command of settings.commands) checkEntry(`${path}commands`, command)
  if (settings.perMinute !== Number.POSITIVE_INFINITY)
    checkNumber(`${path}perMinute`, settings.perMinute, { min: 1, max: 100_000, integer: true })
  const { sayPrefix, audit } = settings
  if (
    typeof sayPrefix !== 'string' ||
    sayPrefix.length > 100 ||
    commandName(`say -1 ${sayPrefix}.`) === undefined
  )
    throw new InvalidArgumentError(
      `${path}sayPrefix`,
      sayPrefix,
      'a text of up to 100 characters in one line',
    )
  if (typeof audit !== 'boolean') throw new InvalidArgumentError(`${path}audit`, audit, 'true or false')
  return settings
}

/** @throws {@link InvalidArgumentError} for what is no object. */
export function checkObject(argument: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidArgumentError(argument, value, 'an object')
}

function checkList(argument: string, value: unknown): asserts value is readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '')) return
  throw new InvalidArgumentError(argument, value, 'a list of names')
}

function checkEntry(argument: string, entry: string): void {
  if (entry === '*') return
  const command = commandName(entry)
  if (command === undefined || normalEntry(entry) !== entryOf(command))
    throw new InvalidArgumentError(argument, entry, "names of commands, such as 'kick' or '#ban list'")
  if (!isAboutOwnLogin(command)) return
  throw new InvalidArgumentError(
    argument,
    entry,
    'other commands',
    `${argument} has "${entry}", which no role can have: it would change or end the login that all users share`,
  )
}

/** A command's name with its first argument, if it has one, as a role may have it. */
export function entryOf({ name, argument }: Pick<CommandName, 'name' | 'argument'>): string {
  return argument === '' ? name : `${name} ${argument}`
}

/** An entry of a role as {@link entryOf} makes it. */
export function normalEntry(entry: string): string {
  return entry
    .trim()
    .toLowerCase()
    .replaceAll(/[ \t]+/g, ' ')
}

function settingsOf(options: RoleOptions): RoleSettings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return { ...DEFAULTS, ...(Object.fromEntries(given) as Pick<RoleOptions, 'servers' | 'commands'>) }
}
