import type { Line } from './line.js'

/** A server's complaint, or a remark at its start. */
export type ServerRemarkEvent =
  | 'failed_to_open'
  | 'incompatible_filter'
  | 'disabled_kicking'
  | 'say_undeliverable'
  | 'config_entry'
  | 'unknown_command'
  | 'update_failed'
  | 'update_done'

/**
 * `Config entry: MaxPing 250`, `Failed to open …`: a remark about the server's own state. The password in
 * `Config entry: RConPassword …` is `***`.
 */
export interface ServerRemark {
  readonly type: 'serverWarning'
  readonly event: ServerRemarkEvent
  /** The text after the known words, if any. */
  readonly detail?: string
  readonly raw: string
}

const WHOLE: ReadonlyMap<string, ServerRemarkEvent> = new Map([
  // As a message it means a bad line in the server's configuration; as a reply, see W9.
  ['unknown command', 'unknown_command'],
  ['update attempt failed', 'update_failed'],
  ['update successfully completed', 'update_done'],
])
// The longest of these texts.
const MOST_LOWERED = 29

const BEGINNINGS: readonly (readonly [words: string, event: ServerRemarkEvent])[] = [
  ['Failed to open ', 'failed_to_open'],
  ['Incompatible filter file', 'incompatible_filter'],
  ['Warning: Disabled kicking for ', 'disabled_kicking'],
  ['Config entry: ', 'config_entry'],
  ['Player is unable to receive the message', 'say_undeliverable'],
]

/** Parses the remarks; most are recognized by their beginning only. */
export function parseWarningLine({ text, raw }: Line): ServerRemark | undefined {
  const whole = text.length > MOST_LOWERED ? undefined : WHOLE.get(text.toLowerCase())
  if (whole !== undefined) return { type: 'serverWarning', event: whole, raw }
  for (const [words, event] of BEGINNINGS) {
    if (!text.startsWith(words)) continue
    const detail = text.slice(words.length)
    return { type: 'serverWarning', event, ...(detail === '' ? {} : { detail }), raw }
  }
  return undefined
}
