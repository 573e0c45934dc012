import { setMaxListeners } from 'node:events'
import { EXIT, exitCodeOf } from './exit-codes.js'
import { onNpmGone } from './npm-parent.js'
import { reportError } from './report.js'

/** Carries one command out: its result, or its error's, becomes the exit code; Ctrl-C aborts the signal. */
export async function run(
  command: (signal: AbortSignal) => Promise<number>,
  { verbose = false }: { readonly verbose?: boolean },
): Promise<void> {
  const interruption = new AbortController()
  // Every command under way listens to it.
  setMaxListeners(0, interruption.signal)
  const interrupt = () => {
    // Whoever presses it again does not want to wait for anything.
    if (interruption.signal.aborted) process.exit(EXIT.interrupted)
    interruption.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const stopWatching = onNpmGone(interrupt)
  try {
    process.exitCode = await command(interruption.signal)
  } catch (error) {
    if (!interruption.signal.aborted) reportError(error, verbose)
    process.exitCode = exitCodeOf(error)
  } finally {
    stopWatching()
    if (interruption.signal.aborted) process.exitCode = EXIT.interrupted
  }
}
