import type { Command } from '../steps.js'
import { checkText, commandText } from './arguments.js'

/**
 * Any text as a command; its reply is the reply's text.
 *
 * @throws {@link InvalidArgumentError} for CR, LF or NUL, or more than 1,391 bytes (W8).
 */
export function anyCommand(text: string, resend: boolean): Command<string> {
  checkText('command', text)
  return { text: commandText(text, 'command', text), resend, parse: (reply) => reply }
}
