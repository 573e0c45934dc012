/** Carries out one run, prints its figures, and fails the process where they are not good. */
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
