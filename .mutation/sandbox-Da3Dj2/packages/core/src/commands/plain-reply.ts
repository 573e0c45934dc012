// @ts-nocheck
import type { Command } from '../steps.js'

/** A command with any text, which returns the reply's text. The text is checked when it is sent. */
export function anyCommand(text: string, resend: boolean): Command<string> {
  return { text, resend, parse: (reply) => reply }
}

/**
 * The reply to a command that the server is known to answer with an empty one: `undefined` if it was empty, otherwise
 * its text.
 *
 * No other text is known (W3, W9). An unknown text is not an error, because the command may have been executed and an
 * error would invite a repeat. It is returned, because it may say that the command was not executed.
 */
export type Remark = string | undefined

/** Parses the reply to a command that is usually answered with an empty one. */
export function parseRemark(reply: string): Remark {
  return reply === '' ? undefined : reply
}
