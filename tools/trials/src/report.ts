/** Runs one trial, prints its figures, and fails the process if they are not good. */
export async function report(
  name: string,
  run: () => Promise<object & { readonly good: boolean }>,
): Promise<void> {
  const start = performance.now()
  const { good, ...figures } = await run()
  if (!good) process.exitCode = 1
  console.log(`${good ? 'good' : 'BAD '} ${name}: ${((performance.now() - start) / 1_000).toFixed(1)} s`)
  console.log(`     ${JSON.stringify(figures)}`)
}

/** Common percentiles of times in ms. */
export function percentiles(times: readonly number[]): Readonly<Record<string, number>> {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) }
}
