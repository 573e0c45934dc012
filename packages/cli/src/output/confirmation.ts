import { UsageError } from '../usage-error.js'

/**
 * Asks the person whether to go on.
 *
 * @throws {@link UsageError} when the answer is no, or, saying `unasked`, when nobody is there to be asked.
 */
export async function confirm(unasked: string, signal: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError(unasked)
  const answer = await askPerson('Do it? [y/N] ', signal)
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('nothing was changed')
}

/** What the person at the terminal answers. */
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
