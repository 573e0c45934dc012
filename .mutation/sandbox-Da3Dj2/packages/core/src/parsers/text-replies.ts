// @ts-nocheck
import type { TextOptions } from '@bercon/protocol'
import { type TextInput, textOf, withoutLineEnd } from './line.js'

/** The reply to `version`. */
export interface VersionReply {
  readonly type: 'version'
  /** A text, because 1.210 is not 1.21; `undefined` if the reply contains no number like `1.217`. */
  readonly version: string | undefined
  /** The whole reply. */
  readonly raw: string
}

const VERSION = /[0-9]{1,4}\.[0-9]{3,6}/

/**
 * Parses the reply to `version`. All that is known about it is that it contains a number like `1.217`.
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

/** The reply to `commands`. */
export interface CommandsReply {
  readonly type: 'commands'
  /** The whole reply: a text for people, which is not parsed. */
  readonly raw: string
}

/** Returns the reply to `commands` unchanged; `undefined` if it is empty. */
export function parseCommands(reply: TextInput, options: TextOptions = {}): CommandsReply | undefined {
  const raw = textOf(reply, options)
  return withoutLineEnd(raw) === '' ? undefined : { type: 'commands', raw }
}

/** A reply with which the server refuses a command (W9). */
export interface ErrorReply {
  readonly type: 'error'
  /** `disallowed_command` is caused by the server's `RestrictRCon 1`. */
  readonly error: 'unknown_command' | 'disallowed_command'
  readonly raw: string
}

const ERRORS: ReadonlyMap<string, ErrorReply['error']> = new Map([
  ['unknown command', 'unknown_command'],
  ['disallowed command', 'disallowed_command'],
] as const)

// Far longer than either text: a long reply is not copied to lower case for the comparison.
const LONGEST = 64
const SHORTEST = 'unknown command'.length

/** Parses a refusal; `undefined` if the reply as a whole is something else (W9). */
export function parseErrorReply(reply: string): ErrorReply | undefined {
  if (reply.length < SHORTEST || reply.length > LONGEST) return undefined
  const error = ERRORS.get(withoutLineEnd(reply).toLowerCase())
  return error && { type: 'error', error, raw: reply }
}
