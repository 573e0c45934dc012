import type { Command } from '../steps.js'

/** Any text as a command; its reply is the reply's text. Its text is checked when it is asked. */
export function anyCommand(text: string, resend: boolean): Command<string> {
  return { text, resend, parse: replyText }
}

function replyText(reply: string): string {
  return reply
}
