import { withoutLineEnd } from './line.js'

/** What `commands` answers. */
export interface CommandsReply {
  readonly type: 'commands'
  /** The whole reply: a text for people, which nothing here takes apart. */
  readonly raw: string
}

/** Takes the reply to `commands` as it is; `undefined` when it is empty. */
export function parseCommands(reply: string): CommandsReply | undefined {
  return withoutLineEnd(reply) === '' ? undefined : { type: 'commands', raw: reply }
}
