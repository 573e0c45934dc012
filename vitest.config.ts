import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'tools/**/*.test.ts',
      'examples/**/*.test.ts',
    ],
    // Fail the way Node does when a CommonJS dependency is imported by name.
    deps: { interopDefault: false },
    testTimeout: 30_000,
    reporters: ['default', './tools/summary-reporter.ts'],
  },
})
