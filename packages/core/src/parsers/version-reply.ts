import type { TextOptions } from '@bercon/protocol'
import { withoutLineEnd } from './line.js'
import { type TextInput, textOf } from './reply-text.js'

/** What `version` answers. */
export interface VersionReply {
  readonly type: 'version'
  /** A text, because 1.210 is not 1.21; `undefined` when the reply holds nothing like `1.217`. */
  readonly version: string | undefined
  /** The whole reply. */
  readonly raw: string
}

const VERSION = /[0-9]{1,4}\.[0-9]{3,6}/

/**
 * Reads the reply to `version`. All that is known of it is that it holds a number like `1.217`.
 *
 * @example
 * ```ts
 * import { parseVersion } from '@bercon/core'
 *
 * console.log(parseVersion('1.217')?.version) // 1.217
 * ```
 */
export function parseVersion(reply: TextInput, options: TextOptions = {}): VersionReply | undefined {
  const raw = textOf(reply, options)
  if (withoutLineEnd(raw) === '') return undefined
  return { type: 'version', version: VERSION.exec(raw)?.[0], raw }
}
