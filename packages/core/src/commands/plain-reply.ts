import type { Command } from '../steps.js'

/** Any text as a command; its reply is the reply's text. Its text is checked when it is asked. */
export function anyCommand(text: string, resend: boolean): Command<string> {
  return { text, resend, parse: (reply) => reply }
}

/**
 * What the server says to a command that it is known to answer with an empty reply: `undefined` for that
 * reply, otherwise the reply's text.
 *
 * No text is known (W3, W9). An unknown one is no error here, because the command may well have been executed
 * and an error would invite to repeat it; and it is not thrown away, because it may say that it was not.
 */
export type Remark = string | undefined

/** Reads the reply of a command that is answered with an empty one. */
export function parseRemark(reply: string): Remark {
  return reply === '' ? undefined : reply
}
