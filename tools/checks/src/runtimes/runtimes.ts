import { identifyChromium } from './chromium.js'
import { fromRegistry } from './registry-runtime.js'
import type { Job, Runtime } from './runtime.js'

const VITEST = ['node_modules/vitest/vitest.mjs', 'run']
const REPORTERS = ['--reporter=dot', '--reporter=./tools/summary-reporter.ts']
const WIRING = 'tools/checks/dist/runtimes/wiring/main.js'
const MINUTE_MS = 60_000

const WHOLE_SUITE: Job = {
  what: 'the whole test suite',
  program: [...VITEST, ...REPORTERS],
  limitMs: 20 * MINUTE_MS,
}

// Tests that do not start Node itself to inspect processes, standard streams or memory.
const SUITE_OF_LIBRARIES: Job = {
  what: 'the test suites of protocol and core, the contract of every client',
  program: [...VITEST, ...REPORTERS, 'packages/protocol/', 'packages/core/', '/contract.test.ts'],
  limitMs: 20 * MINUTE_MS,
}

const WIRING_JOBS: readonly Job[] = ['promise', 'observable', 'blocking'].map((flavor) => ({
  what: `wiring over UDP, ${flavor} client`,
  program: [WIRING, flavor],
  limitMs: 2 * MINUTE_MS,
}))

// A browser has no sockets, so it runs tests that need none.
const BROWSER_JOB: Job = {
  what: 'the test suites of protocol and core, clients over memory, the pages of examples',
  program: [...VITEST, '--config', 'tools/checks/vitest.chromium.config.ts'],
  limitMs: 10 * MINUTE_MS,
}

/** All runtimes, in the order in which they are tested. */
export const RUNTIMES: readonly Runtime[] = [
  ...['20', '22', '24', '26'].map(
    (major): Runtime => ({
      name: `node${major}`,
      find: () => fromRegistry(['-p', `node@${major}`, 'node'], []),
      jobs: [WHOLE_SUITE, ...WIRING_JOBS],
    }),
  ),
  { name: 'bun', find: () => fromRegistry(['bun@1.4.5'], []), jobs: [...WIRING_JOBS, SUITE_OF_LIBRARIES] },
  {
    name: 'deno',
    find: () => fromRegistry(['deno@2.9.6'], ['run', '--allow-all']),
    jobs: [...WIRING_JOBS, SUITE_OF_LIBRARIES],
  },
  { name: 'chromium', find: identifyChromium, jobs: [BROWSER_JOB] },
]
