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
    testTimeout: 30_000,
    reporters: ['default', './tools/summary-reporter.ts'],
  },
})
