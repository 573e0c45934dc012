import type { EndedProcess } from '../ended-process.js'

/** The result of a job. */
export interface Verdict {
  readonly isGood: boolean
  readonly words: string
}

// Less than any keep-alive, timeout or back-off that a client may have left behind.
const LINGERING_MS = 3_000

/** A job is good if its last line says that tests passed and none failed, and if it then ended by itself. */
export function judge({ output, code, lingeredMs, isTooLate }: EndedProcess): Verdict {
  const [words, passed, failed] = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1) ?? []
  if (isTooLate) return bad(words === undefined ? 'not done in time' : `${words}, but did not end by itself`)
  if (words === undefined) return bad(`ended with ${code ?? 'a signal'}, and said nothing`)
  if (lingeredMs > LINGERING_MS) return bad(`${words}, but ended only ${seconds(lingeredMs)} s later`)
  if (code !== 0 && failed === '0') return bad(`${words}, but ended with ${code ?? 'a signal'}`)
  return { isGood: failed === '0' && passed !== '0', words }
}

function bad(words: string): Verdict {
  return { isGood: false, words }
}

/** Milliseconds as seconds to one decimal. */
export function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1)
}
