import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// In a real browser, with a real gateway and simulated servers: run by `pnpm test:console`.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['packages/console/test/*.check.ts'],
    // One browser and one gateway at a time, on a machine with two cores.
    fileParallelism: false,
    // Generous, and never a measure: a machine may be busy with other work. An `expect.poll` would give up after a second.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    reporters: ['default', './tools/summary-reporter.ts'],
  },
})
