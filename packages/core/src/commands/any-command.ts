import { withoutPassword } from '../errors/command-text.js'
import type { Command } from '../steps.js'
import { checkText, commandText } from './arguments.js'

/**
 * Any text as a command; its reply is the reply's text.
 *
 * @throws {@link InvalidArgumentError} for CR, LF or NUL, or more than 1,391 bytes (W8).
 */
export function anyCommand(text: string, resend: boolean): Command<string> {
  // A command may hold a password, and the errors show what was given.
  const shown = typeof text === 'string' ? withoutPassword(text) : text
  checkText('command', text, shown)
  return { text: commandText(text, 'command', shown), resend, parse: (reply) => reply }
}
