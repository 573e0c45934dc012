import { withoutLineEnd } from './line.js'

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
export function parseVersion(reply: string): VersionReply | undefined {
  if (withoutLineEnd(reply) === '') return undefined
  return { type: 'version', version: VERSION.exec(reply)?.[0], raw: reply }
}
