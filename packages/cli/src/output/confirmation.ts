import { createInterface } from 'node:readline/promises'
import { UsageError } from '../usage-error.js'

/**
 * Asks the person whether to go on.
 *
 * @throws {@link UsageError} when the answer is no, or, saying `unasked`, when nobody is there to be asked.
 */
export async function confirm(unasked: string, signal: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError(unasked)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  // While it reads keys, Ctrl-C is one of them.
  terminal.on('SIGINT', () => process.emit('SIGINT'))
  try {
    const answer = await terminal.question('Do it? [y/N] ', { signal })
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('nothing was changed')
  } finally {
    terminal.close()
  }
}
