// @ts-nocheck
import { UsageError } from '../usage-error.js'

/**
 * Asks the user whether to continue.
 *
 * @throws {@link UsageError} if the answer is no, or, with the text `unasked`, if there is no terminal.
 */
export async function confirm(unasked: string, signal: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError(unasked)
  const answer = await askPerson('Continue? [y/N] ', signal)
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('canceled; no changes were made')
}

/** The answer typed at the terminal. */
export async function askPerson(question: string, signal: AbortSignal): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  // While it reads keys, Ctrl-C is one of them.
  terminal.on('SIGINT', () => process.emit('SIGINT'))
  try {
    return await terminal.question(question, { signal })
  } finally {
    terminal.close()
  }
}
