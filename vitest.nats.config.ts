import { defineConfig } from 'vitest/config'

// `pnpm test:nats`: what needs a `nats-server`, found in the PATH or by NATS_SERVER. Real processes and real time.
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.nats.ts'],
    globalSetup: './tools/bundle.js',
    deps: { interopDefault: false },
    maxWorkers: 1,
    // Generous, and never a measure: a machine may be busy with other work.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    reporters: ['default', './tools/summary-reporter.ts'],
  },
})
