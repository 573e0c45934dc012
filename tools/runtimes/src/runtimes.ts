import { findChromium } from './chromium.js'
import type { Job, Runtime } from './runtime.js'

const VITEST = ['node_modules/vitest/vitest.mjs', 'run']
const REPORTERS = ['--reporter=dot', '--reporter=./tools/summary-reporter.ts']
const VERSION = 'tools/runtimes/dist/version.js'
const WIRING = 'tools/runtimes/dist/wiring/main.js'
const MINUTE_MS = 60_000

const WHOLE_SUITE: Job = {
  what: 'the whole test suite',
  program: [...VITEST, ...REPORTERS],
  limitMs: 20 * MINUTE_MS,
}

// What does not start Node itself to look at processes, standard streams or memory.
const SUITE_OF_LIBRARIES: Job = {
  what: 'the test suites of protocol and core, the contract of every client',
  program: [...VITEST, ...REPORTERS, 'packages/protocol/', 'packages/core/', '/contract.test.ts'],
  limitMs: 20 * MINUTE_MS,
}

const WIRING_JOBS: readonly Job[] = ['promise', 'observable', 'blocking'].map((flavour) => ({
  what: `wiring over UDP, ${flavour} client`,
  program: [WIRING, flavour],
  limitMs: 2 * MINUTE_MS,
}))

// No browser has sockets: it runs what needs none.
const BROWSER_JOB: Job = {
  what: 'the test suites of protocol and core, the page of examples/browser',
  program: [...VITEST, '--config', 'tools/runtimes/vitest.chromium.config.ts'],
  limitMs: 10 * MINUTE_MS,
}

/** Everything that is tried, in this order. What comes from the npm registry is fetched when it is run. */
export const RUNTIMES: readonly Runtime[] = [
  ...['20', '22', '24', '26'].map((major) =>
    fromRegistry(`node${major}`, ['-p', `node@${major}`, 'node'], [WHOLE_SUITE, ...WIRING_JOBS]),
  ),
  fromRegistry('bun', ['bun@1.4.5'], [...WIRING_JOBS, SUITE_OF_LIBRARIES]),
  fromRegistry('deno', ['deno@2.9.6', 'run', '--allow-all'], [...WIRING_JOBS, SUITE_OF_LIBRARIES]),
  chromium(findChromium()),
]

function fromRegistry(name: string, npx: readonly string[], jobs: readonly Job[]): Runtime {
  const command = ['npx', '--yes', ...npx]
  return { name, command, version: [...command, VERSION], jobs }
}

function chromium(path: string | undefined): Runtime {
  return {
    name: 'chromium',
    command: path === undefined ? undefined : [process.execPath],
    version: [path ?? '', '--version'],
    remedy: 'install it (on Debian: apt-get install chromium), or name the runtimes that are to be tried',
    jobs: [BROWSER_JOB],
  }
}
