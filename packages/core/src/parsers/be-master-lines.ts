import type { Line } from './line.js'
import { signedNumber } from './whole-number.js'

/** What became of the server's connection to BattlEye's master server. */
export type BeMasterEvent =
  | 'connected'
  | 'disconnected'
  | 'connect_failed'
  | 'receive_failed'
  | 'resolve_failed'
  | 'ban_check_timeout'
  | 'query_timeout'

/** `Connected to BE Master` and its like. */
export interface BeMaster {
  readonly type: 'beMaster'
  readonly event: BeMasterEvent
  /** The number in `Failed to receive from BE Master (11)`. */
  readonly code?: number
  readonly raw: string
}

const EVENTS: ReadonlyMap<string, BeMasterEvent> = new Map([
  ['Connected to BE Master', 'connected'],
  ['Disconnected from BE Master', 'disconnected'],
  ['Could not connect to BE Master', 'connect_failed'],
  ['Failed to receive from BE Master', 'receive_failed'],
  ['Failed to resolve BE Master DNS name(s)', 'resolve_failed'],
  ['Ban check timed out, no response from BE Master', 'ban_check_timeout'],
  ['Master query timed out, no response from BE Master', 'query_timeout'],
])

const RECEIVE_FAILED = 'Failed to receive from BE Master ('

/** Reads the lines about the master server. */
export function parseBeMasterLine({ text, raw }: Line): BeMaster | undefined {
  const event = EVENTS.get(text)
  if (event !== undefined) return { type: 'beMaster', event, raw }
  if (!text.startsWith(RECEIVE_FAILED) || !text.endsWith(')')) return undefined
  // A socket's error: 0 and 11 were seen; other systems count theirs below zero.
  const code = signedNumber(text.slice(RECEIVE_FAILED.length, -1))
  return { type: 'beMaster', event: 'receive_failed', ...(code === undefined ? {} : { code }), raw }
}
