import { fileURLToPath } from 'node:url'
import { RconPool } from '@bercon/client'
import { VirtualClock } from '@bercon/core/testing'
import { Gateway, tokenHash } from '@bercon/gateway'
import { type GameWorld, type Simulator, startSimulator } from '@bercon/simulator'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibility, contrasts, overflowing } from './looks.js'
import { closePage, launchChromium, openPage, picture, signIn } from './page.js'
import { TOKENS } from './scene.js'

const PAGE = fileURLToPath(new URL('../dist', import.meta.url))
const HOURS_MS = 6 * 3_600_000
const EVERY_MS = 30_000
const SAMPLES = HOURS_MS / EVERY_MS
// Ten minutes.
const SAMPLES_OF_A_CROWD = 20

let simulator: Simulator<GameWorld>
let pool: RconPool
let gateway: Gateway
let url: string
let browser: Browser
/** How many players there were at each sample. */
const crowds: number[] = []

/** An evening: the server fills, and empties again. */
function crowdAt(sample: number): number {
  return Math.round(30 * Math.sin((Math.PI * sample) / SAMPLES) ** 2)
}

beforeAll(async () => {
  // Some datagrams are lost, so that some are sent again.
  simulator = await startSimulator({ password: 'hunter2', bots: false, seed: 4, network: { loss: 0.1 } })
  pool = new RconPool({ client: { playersIntervalMs: 0 } })
  const client = await pool.add('altis', { host: '127.0.0.1', port: simulator.port, password: 'hunter2' })
  // The gateway alone lives through six hours; the game and the page have the time of this machine.
  const clock = new VirtualClock(Date.now() - HOURS_MS)
  gateway = new Gateway({
    servers: pool,
    games: { altis: 'arma3' },
    users: { ann: { tokenSha256: tokenHash(TOKENS.ann), role: 'owner' } },
    roles: { owner: { servers: ['*'], commands: ['*'] } },
    audit: { append: () => {}, close: () => {} },
    clock,
  })
  const { http } = await gateway.listen({ http: { port: 0, page: PAGE } })
  url = `${http?.url}/`
  const { world } = simulator
  for (let sample = 0; sample < SAMPLES; sample += SAMPLES_OF_A_CROWD) {
    const crowd = crowdAt(sample)
    while (world.players.length < crowd) world.join({ name: `Player ${sample} ${world.players.length}` })
    for (const { id } of world.players.slice(crowd)) world.leave(id)
    // A line about a player who has left by now may come after the list.
    do expect((await client.fetchPlayers()).length).toBe(crowd)
    while (client.players.length !== crowd)
    for (let index = 0; index < SAMPLES_OF_A_CROWD; index++) {
      clock.advance(EVERY_MS)
      crowds.push(crowd)
    }
  }
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await gateway?.close()
  await pool?.close()
  await simulator?.close()
})

interface Sample {
  readonly at: number
  readonly players: number | null
  readonly roundTripMs: number | null
  readonly resent: number
}

function samplesIn(page: Page): Promise<readonly Sample[]> {
  return page.evaluate(async () => (await (await fetch('api/servers/altis/history')).json()).samples)
}

/** How high the line of a plot is, from 0 to 1, at places from its left to its right; `null` where there is none. */
function heightsOf(page: Page, title: string): Promise<readonly (number | null)[]> {
  return page
    .locator('section', { hasText: title })
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const accent = document.createElement('canvas').getContext('2d')
      const context = canvas.getContext('2d')
      const over = canvas.parentElement?.querySelector('.u-over')?.getBoundingClientRect()
      if (accent === null || context === null || over === undefined) throw new Error('The plot is not drawn')
      accent.fillStyle = getComputedStyle(canvas).getPropertyValue('--accent')
      accent.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = accent.getImageData(0, 0, 1, 1).data
      const place = canvas.getBoundingClientRect()
      const scale = canvas.width / place.width
      const [left, top] = [(over.left - place.left) * scale, (over.top - place.top) * scale]
      const [width, height] = [over.width * scale, over.height * scale]
      return Array.from({ length: 25 }, (_, part) => {
        const x = Math.round(left + 2 + (part / 24) * (width - 5))
        const { data } = context.getImageData(x, top, 1, height)
        for (let y = 0; y < height; y++) {
          const at = y * 4
          const distance =
            Math.abs((data[at] ?? 0) - red) +
            Math.abs((data[at + 1] ?? 0) - green) +
            Math.abs((data[at + 2] ?? 0) - blue)
          if (distance < 60 && (data[at + 3] ?? 0) > 128) return 1 - y / height
        }
        return null
      })
    })
}

describe.each([
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
])('at $width', (viewport) => {
  it.each(['light', 'dark'] as const)(
    'draws six hours of the history of a gateway, %s',
    async (colorScheme) => {
      const watched = await openPage(browser, url, { viewport, colorScheme })
      const { page } = watched
      await signIn(page, 'ann')
      await page.goto(`${url}#/servers/altis/plots`)
      await page.locator('canvas').nth(2).waitFor()
      const samples = await samplesIn(page)
      expect(samples.map(({ players }) => players)).toEqual(crowds.slice(-samples.length))
      expect(samples.length).toBe(SAMPLES)
      const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0]
      expect(Math.round((last - first) / EVERY_MS)).toBe(SAMPLES - 1)
      expect(samples.every(({ roundTripMs }) => roundTripMs !== null)).toBe(true)
      expect(samples.some(({ resent }) => resent > 0)).toBe(true)
      // The line is as high as there were players, from the left to the right.
      const most = Math.max(...crowds) * 1.15
      const heights = await heightsOf(page, 'Players')
      for (const [part, height] of heights.entries()) {
        const at = Math.round((part / (heights.length - 1)) * (SAMPLES - 1))
        const near = crowds.slice(Math.max(0, at - 12), at + 13).map((players) => players / most)
        expect(height, `at ${part} of ${heights.length}`).not.toBeNull()
        expect(height).toBeGreaterThanOrEqual(Math.min(...near) - 0.05)
        expect(height).toBeLessThanOrEqual(Math.max(...near) + 0.05)
      }
      expect((await heightsOf(page, 'Round trip')).every((height) => height !== null)).toBe(true)
      await picture(page, `plots-six-hours-${viewport.width}-${colorScheme}`)
      expect(await overflowing(page)).toEqual([])
      expect(await contrasts(page)).toEqual([])
      expect(await accessibility(page)).toEqual([])
      await closePage(watched)
    },
  )
})
