import { variable } from './settings/environment.js'

const LOOK_EVERY_MS = 500

/**
 * Calls back once when the process that started this one for npm is gone: `npx` runs a command through a shell, which
 * passes no signal on, so that without this the command would outlive a SIGTERM to `npx`. Returns what ends the watch.
 */
export function onNpmGone(callBack: () => void): () => void {
  // Whoever detaches a command by hand, with nohup or a service, wants it to go on without its parent.
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
