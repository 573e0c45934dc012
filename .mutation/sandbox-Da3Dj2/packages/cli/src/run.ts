// @ts-nocheck
import { setMaxListeners } from 'node:events'
import { EXIT, exitCodeOf } from './exit-codes.js'
import { reportError } from './report.js'
import { variable } from './settings/checks.js'

/** Runs one command: its result, or its error's, becomes the exit code; Ctrl-C aborts the signal. */
export async function run(
  command: (signal: AbortSignal) => Promise<number>,
  { verbose = false }: { readonly verbose?: boolean },
): Promise<void> {
  const interruption = new AbortController()
  // Every command under way listens to it.
  setMaxListeners(0, interruption.signal)
  const interrupt = () => {
    // A second Ctrl-C ends the process at once.
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

const LOOK_EVERY_MS = 500

/**
 * Calls back once when the process that started this one for npm is gone: `npx` runs a command through a shell, which
 * passes no signal on, so that without this the command would outlive a SIGTERM to `npx`. Returns what ends the watch.
 */
function onNpmGone(callBack: () => void): () => void {
  // A command detached by hand, with nohup or a service, must outlive its parent.
  if (variable('npm_lifecycle_event') === undefined) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callBack()
  }, LOOK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
