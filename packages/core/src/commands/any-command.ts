import { withoutPassword } from '../errors/command-text.js'
import type { Command } from '../steps.js'
import { checkText, commandText, MAX_COMMAND_BYTES, utf8Length } from './arguments.js'

/**
 * Any text as a command; its reply is the reply's text.
 *
 * @throws {@link InvalidArgumentError} for CR, LF or NUL, or more than 1,391 bytes (W8).
 */
export function anyCommand(text: string, resend: boolean): Command<string> {
  // A command may hold a password, and the errors show what was given.
  checkText('command', text, withoutPassword)
  const sent =
    utf8Length(text) <= MAX_COMMAND_BYTES ? text : commandText(text, 'command', withoutPassword(text))
  return { text: sent, resend, parse: replyText }
}

function replyText(reply: string): string {
  return reply
}
