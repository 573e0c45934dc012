import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'tools/**/*.test.ts',
      'examples/**/*.test.ts',
    ],
    // Tests import other packages as they are published.
    globalSetup: './tools/bundle.js',
    // Fail the way Node does when a CommonJS dependency is imported by name.
    deps: { interopDefault: false },
    // A process for each of a hundred files would take longer than the tests. They share nothing but modules.
    isolate: false,
    // Many tests wait for timers, sockets and processes: four workers keep two cores busy.
    maxWorkers: 4,
    // Generous, and never a measure: a machine may be busy with other work. The defaults give up after one to ten seconds.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    reporters: ['default', './tools/summary-reporter.ts'],
  },
})
