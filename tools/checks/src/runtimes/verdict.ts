import type { EndedProcess } from '../ended-process.js'

/** What came of a job. */
export interface Verdict {
  readonly isGood: boolean
  readonly words: string
}

// Less than any keep-alive, patience or back-off that a client may have left behind.
const LINGERING_MS = 3_000

/** A job is good when its last word is that something passed and nothing failed, and when it then ended by itself. */
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
