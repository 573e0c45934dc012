import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with the plain line `N passed, N failed, N skipped`. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    let passed = 0
    let failed = 0
    let skipped = 0
    for (const module of modules) {
      const before = failed
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed++
        else if (state === 'failed') failed++
        else skipped++
      }
      // A module that fails to load has no tests of its own to count.
      if (!module.ok() && failed === before) failed++
    }
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  }
}
