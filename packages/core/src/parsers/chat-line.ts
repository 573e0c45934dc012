import type { Line } from './line.js'
import { type Doubt, splitName } from './name-boundary.js'

/**
 * `(Side) Rook: two at the gate`: a player's chat. It holds no slot and no GUID, and anybody can take anybody's
 * name: give no rights by it.
 */
export interface PlayerMessage extends Doubt {
  readonly type: 'playerMessage'
  /** `Global`, `Side`, `Command`, `Group`, `Vehicle`, `Direct`, `Lobby`, `Unknown`, or a word of another game. */
  readonly channel: string
  readonly name: string
  readonly message: string
  readonly raw: string
}

/** A line that no parser knows, whole. */
export interface UnknownMessage {
  readonly type: 'unknownMessage'
  /** The channel, when the line begins as chat does and then does not go on as chat. */
  readonly channel?: string
  readonly raw: string
}

/** Reads `(CHANNEL) NAME: TEXT`. Only the first brackets are the channel; the name may begin with others. */
export function parseChatLine({ text, raw, known }: Line): PlayerMessage | UnknownMessage | undefined {
  if (!text.startsWith('(')) return undefined
  const close = text.indexOf(') ')
  const channel = text.slice(1, Math.max(1, close))
  if (channel === '' || channel.includes('(') || channel.includes(')')) return undefined
  const split = splitName(text.slice(close + 2), ': ', known)
  if (split === undefined) return { type: 'unknownMessage', channel, raw }
  return { type: 'playerMessage', channel, name: split.name, message: split.rest, ...split.doubt, raw }
}
