import { measure } from 'mitata'

/** One measurement; ratios are between measurements of the same rounds. */
export interface Figure {
  readonly what: string
  readonly figure: number
  readonly unit: string
  /** The goal. */
  readonly goal?: string
}

/** Median times of one call in ns, by name. */
export type Medians = Readonly<Record<string, number>>

const ROUNDS = 9
const ROUND_NS = 60_000_000

/**
 * Times each function in turn, in several rounds, and returns the median of the rounds' medians. On a machine whose
 * speed drifts, only measurements of the same rounds can be compared.
 */
export async function interleaved(functions: Readonly<Record<string, () => unknown>>): Promise<Medians> {
  const samples = new Map(Object.keys(functions).map((name) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(functions)) {
      const { p50 } = await measure(run, { min_cpu_time: ROUND_NS, warmup_samples: 2 })
      samples.get(name)?.push(p50)
    }
  }
  return Object.fromEntries([...samples].map(([name, times]) => [name, median(times)]))
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}
