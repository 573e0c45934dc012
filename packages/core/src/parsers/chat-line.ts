import type { Line } from './line.js'
import { type Doubt, splitName } from './name-boundary.js'

/**
 * `(Side) Rook: two at the gate`: a player's chat. It contains no slot and no GUID, and anybody can use any name: do
 * not grant rights by it.
 */
export interface PlayerMessage extends Doubt {
  readonly type: 'playerMessage'
  /** `Global`, `Side`, `Command`, `Group`, `Vehicle`, `Direct`, `Lobby`, `Unknown`, or a word of another game. */
  readonly channel: string
  readonly name: string
  readonly message: string
  readonly raw: string
}

/** A line that no parser accepts, unchanged. */
export interface UnknownMessage {
  readonly type: 'unknownMessage'
  /** The channel, if the line begins like chat but does not continue like it. */
  readonly channel?: string
  readonly raw: string
}

/** Parses `(CHANNEL) NAME: TEXT`. Only the first brackets are the channel; the name may begin with others. */
export function parseChatLine({ text, raw, known }: Line): PlayerMessage | UnknownMessage | undefined {
  if (!text.startsWith('(')) return undefined
  const close = text.indexOf(') ')
  const channel = text.slice(1, Math.max(1, close))
  if (channel === '' || channel.includes('(') || channel.includes(')')) return undefined
  const split = splitName(text.slice(close + 2), ': ', known)
  if (split === undefined) return { type: 'unknownMessage', channel, raw }
  const { name, rest: message, doubt } = split
  // Chat is the most frequent line, and spreading an object costs more than the rest of its parser.
  if (doubt.candidates === undefined) return { type: 'playerMessage', channel, name, message, raw }
  const { candidates } = doubt
  return { type: 'playerMessage', channel, name, message, ambiguous: true, candidates, raw }
}
