// @ts-nocheck
import type { Line } from './line.js'
import { signedNumber } from './whole-number.js'

/** What happened to the server's connection to BattlEye's master server. */
export type BeMasterEvent =
  | 'connected'
  | 'disconnected'
  | 'connect_failed'
  | 'receive_failed'
  | 'send_failed'
  | 'resolve_failed'
  | 'ban_check_timeout'
  | 'query_timeout'

/** `Connected to BE Master` and similar lines. */
export interface BeMaster {
  readonly type: 'beMaster'
  readonly event: BeMasterEvent
  /** The number in `Failed to receive from BE Master (11)`, or in `Failed to send to BE Master (11)`. */
  readonly code?: number
  readonly raw: string
}

const EVENTS: ReadonlyMap<string, BeMasterEvent> = new Map([
  ['Connected to BE Master', 'connected'],
  ['Disconnected from BE Master', 'disconnected'],
  ['Could not connect to BE Master', 'connect_failed'],
  ['Failed to start connecting to BE Master', 'connect_failed'],
  ['Failed to resolve BE Master DNS name(s)', 'resolve_failed'],
  ['Ban check timed out, no response from BE Master', 'ban_check_timeout'],
  ['Master query timed out, no response from BE Master', 'query_timeout'],
])

const NUMBERED: readonly (readonly [text: string, event: BeMasterEvent])[] = [
  ['Failed to receive from BE Master', 'receive_failed'],
  ['Failed to send to BE Master', 'send_failed'],
]

/** Parses the lines about the master server. */
export function parseBeMasterLine({ text, raw }: Line): BeMaster | undefined {
  const event = EVENTS.get(text)
  if (event !== undefined) return { type: 'beMaster', event, raw }
  for (const [words, failed] of NUMBERED) {
    if (text === words) return { type: 'beMaster', event: failed, raw }
    if (!text.startsWith(`${words} (`) || !text.endsWith(')')) continue
    // A socket error: 0, 2, 10 and 11 were seen; other systems use negative numbers.
    const code = signedNumber(text.slice(words.length + 2, -1))
    return { type: 'beMaster', event: failed, ...(code === undefined ? {} : { code }), raw }
  }
  return undefined
}
