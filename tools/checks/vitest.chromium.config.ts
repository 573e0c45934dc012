import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { CHROMIUM_FLAGS, findChromium } from './src/runtimes/chromium.js'
import {
  countHeard,
  cutChannels,
  joinGame,
  startGateway,
  stopGateway,
} from './src/runtimes/gateway-commands.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const executablePath = findChromium() ?? 'chromium'
const launchOptions = { executablePath, args: [...CHROMIUM_FLAGS] }

// Node's modules and warnings; the server has them below it, a game that is played over a link has the server, and rows
// from the field are read from files.
const NEEDS_NODE =
  /from '(?:node:|@bercon\/server|.*\/(?:lossy-game|field-rows)\.js)|spyOn\(process|stubGlobal\(/

/** The tests in a folder that run anywhere. */
function portableTests(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.test.ts') && !NEEDS_NODE.test(readFileSync(join(root, path), 'utf8')))
}

export default defineConfig({
  root,
  test: {
    reporters: ['dot', './tools/summary-reporter.ts'],
    provide: { launchOptions },
    // A bound for a busy machine, and no measure.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'in the browser',
          include: [
            ...portableTests('packages/protocol/src'),
            ...portableTests('packages/core/src'),
            ...portableTests('packages/remote/src'),
            'tools/checks/src/runtimes/memory-clients.test.ts',
            'tools/checks/src/runtimes/gateway-clients.check.ts',
          ],
          isolate: false,
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
            commands: { startGateway, countHeard, cutChannels, joinGame, stopGateway },
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'the pages',
          include: ['examples/*/test/page.check.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
