import { isGuid, isIpAddress } from '@bercon/client'
import { isUuid } from '@bercon/reforger'
import leven from 'leven'
import { NotFoundError } from '../usage-error.js'
import type { GameServer } from './game-server.js'
import type { PlayerRecord } from './records.js'

/**
 * The player who is meant by a number, a GUID or identity id, or the whole name, out of those who are there now. Where
 * no name is exactly that, the case of letters does not matter.
 *
 * @throws {@link NotFoundError} if no player matches, or several do; an error if the list cannot be relied on.
 */
export async function findPlayer(server: GameServer, text: string): Promise<PlayerRecord> {
  const { rows, doubt } = await server.players()
  if (doubt !== undefined) throw doubt
  const exact = rows.filter((player) => isMeant(player, text))
  const found = exact.length > 0 ? exact : rows.filter(({ name }) => folded(name) === folded(text))
  const [player] = found
  if (found.length === 1 && player !== undefined) return player
  throw new NotFoundError(player === undefined ? nobodyIs(text, rows) : severalAre(text, found))
}

/** Similar banned targets, for a message that the text itself is not banned. */
export async function bannedLike(server: GameServer, text: string): Promise<string> {
  const { rows } = await server.bans()
  const targets = near(text, [...new Set(rows.map(({ target }) => target))])
  return targets.length === 0 ? '; "bans" lists who is' : `; did you mean ${targets.join(' or ')}?`
}

/** Whether a text can only be a GUID, IP address or identity id. */
export function isIdentity(text: string): boolean {
  return isGuid(text) || isIpAddress(text) || isUuid(text)
}

/** A text by which case, and the way in which accents are written, make no difference. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function isMeant({ id, name, guid, identityId }: PlayerRecord, text: string): boolean {
  if (/^\d+$/.test(text)) return id === Number(text)
  return name === text || guid === text.toLowerCase() || identityId === text.toLowerCase()
}

function nobodyIs(text: string, rows: readonly PlayerRecord[]): string {
  const problem = `nobody on the server is called "${text}"`
  const alike = new Set(near(text, [...new Set(rows.map(({ name }) => name))]))
  const suggested = rows.filter(({ name }) => alike.has(name)).slice(0, alike.size)
  if (suggested.length === 0) return `${problem}; "players" lists who is there`
  return `${problem}; did you mean ${suggested.map(described).join(' or ')}?`
}

function severalAre(text: string, found: readonly PlayerRecord[]): string {
  return `"${text}" matches several players, ${found.map(described).join(' and ')}: use the number`
}

function described({ id, name }: PlayerRecord): string {
  return `${id} (${name})`
}

const SUGGESTIONS = 3
/** One wrong character is allowed per this many. */
const CHARACTERS_PER_SLIP = 3

/** Suggestions for a mistyped text: those that contain it, and those a few typing errors away. */
function near(typed: string, texts: readonly string[]): readonly string[] {
  const wanted = looselyFolded(typed)
  const slips = Math.max(1, Math.floor(wanted.length / CHARACTERS_PER_SLIP))
  const distances = texts.map((text) => ({ text, distance: distanceOf(wanted, looselyFolded(text), slips) }))
  return distances
    .filter(({ distance }) => distance <= slips)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS)
    .map(({ text }) => text)
}

function distanceOf(wanted: string, text: string, slips: number): number {
  if (wanted.length > 1 && text.includes(wanted)) return 0
  return leven(wanted, text, { maxDistance: slips + 1 })
}

function looselyFolded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
