import type { TextOptions } from '@bercon/protocol'
import { withoutLineEnd } from './line.js'
import { type TextInput, textOf } from './reply-text.js'

/** What `commands` answers. */
export interface CommandsReply {
  readonly type: 'commands'
  /** The whole reply: a text for people, which nothing here takes apart. */
  readonly raw: string
}

/** Takes the reply to `commands` as it is; `undefined` when it is empty. */
export function parseCommands(reply: TextInput, options: TextOptions = {}): CommandsReply | undefined {
  const raw = textOf(reply, options)
  return withoutLineEnd(raw) === '' ? undefined : { type: 'commands', raw }
}
