import { gzipSync } from 'node:zlib'
import type { GameWorld } from '@bercon/simulator'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, layoutShift, openPage, signIn } from './page.js'
import { type Scene, startScene } from './scene.js'

const PER_SECOND = 200
const LINES = 12_000
const LATER = 600
const MAX_SCRIPT_BYTES = 150_000

let scene: Scene
let browser: Browser

beforeAll(async () => {
  scene = await startScene({ moreServers: 17 })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await scene?.[Symbol.asyncDispose]()
})

it('loads at most 150 kB of script, from the gateway only', async () => {
  const { page } = await openPage(browser, 'about:blank')
  const scripts: Promise<string>[] = []
  const hosts = new Set<string>()
  page.on('response', (response) => {
    hosts.add(new URL(response.url()).origin)
    if (response.request().resourceType() === 'script') scripts.push(response.text())
  })
  await page.goto(scene.url)
  await signIn(page, 'ann')
  await page.getByText('more-16').waitFor()
  expect([...hosts]).toEqual([new URL(scene.url).origin])
  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length)
  expect(sizes).not.toEqual([])
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MAX_SCRIPT_BYTES)
  const firstView = await page.evaluate(() =>
    Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
  )
  console.log(`first contentful paint after ${firstView} ms, with 20 servers`)
})

it(`shows ${PER_SECOND} lines a second smoothly, each once and in order, and keeps the newest 10,000`, async () => {
  const { page } = await openPage(browser, scene.url)
  await signIn(page, 'ann')
  await page.goto(`${scene.url}#/servers/altis/log`)
  await page.getByText('Connected.').first().waitFor()
  await page.evaluate(watchFrames)
  const { world } = scene.altis
  /** What the simulator has sent, in order. */
  const record: string[] = []
  const before = await heap(page)
  // Read in two halves, because the oldest lines of the whole leave the page.
  await emitLines(world, record, LINES / 2)
  await page.getByText(record.at(-1) ?? '', { exact: true }).waitFor()
  const firstFrames = await page.evaluate(takeFrames)
  expect(await readAll(page)).toEqual(record)
  await page.getByRole('log').evaluate((log) => log.scrollTo(0, log.scrollHeight))
  await page.getByRole('button', { name: 'Follow', disabled: true }).waitFor()
  await page.evaluate(takeFrames)
  await emitLines(world, record, LINES / 2)
  await page.getByText(record.at(-1) ?? '', { exact: true }).waitFor()
  const { p50, p95, worst } = summed([...firstFrames, ...(await page.evaluate(takeFrames))])
  console.log(
    `frames: p50 ${p50} ms, p95 ${p95} ms, worst ${worst} ms; heap ${before} to ${await heap(page)} MB`,
  )
  expect(await layoutShift(page)).toBe(0)
  const kept = await readAll(page)
  expect(kept).toEqual(record.slice(-kept.length))
  expect(kept.length).toBeGreaterThanOrEqual(9_990)
  expect(kept.length).toBeLessThanOrEqual(10_500)
  const gone = goneIn(await footOf(page))
  expect(gone).toBeGreaterThanOrEqual(LINES - kept.length)

  // Whoever reads keeps their place while old lines leave above it.
  await page.getByRole('log').evaluate((log) => log.scrollBy(0, -log.scrollHeight / 3))
  await page.getByRole('button', { name: 'Follow', disabled: false }).waitFor()
  await expect.poll(() => readLine(page)).not.toBeNull()
  const read = await readLine(page)
  const counted = countIn(await footOf(page))
  for (let index = 0; index < LATER; index++) world.emit(`later ${index}`)
  await expect.poll(async () => countIn(await footOf(page)) - LATER).toBeGreaterThanOrEqual(counted)
  expect(goneIn(await footOf(page))).toBeGreaterThan(gone)
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  const now = await readLine(page)
  expect(now?.text).toBe(read?.text)
  expect(Math.abs((now?.top ?? 0) - (read?.top ?? 0))).toBeLessThan(2)
})

/** The line in the middle of the log. */
function readLine(page: Page) {
  return page.getByRole('log').evaluate((log) => {
    const { top, height } = log.getBoundingClientRect()
    const line = [...log.querySelectorAll('.line')].find(
      (each) => each.getBoundingClientRect().top >= top + height / 2,
    )
    return line === undefined ? null : { text: line.textContent, top: line.getBoundingClientRect().top }
  })
}

async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return Math.round(usedSize / 1e5) / 10
}

function watchFrames(): void {
  const times: number[] = []
  Object.assign(window, { frameTimes: times })
  let last = performance.now()
  const next = (now: number) => {
    times.push(now - last)
    last = now
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}

function takeFrames(): number[] {
  return (window as unknown as { frameTimes: number[] }).frameTimes.splice(0)
}

function summed(frames: readonly number[]): { p50: number; p95: number; worst: number } {
  const times = frames.toSorted((a, b) => a - b)
  const at = (part: number) => Math.round((times[Math.floor((times.length - 1) * part)] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), worst: at(1) }
}

/** Writes lines at the pace of the test, into the game and into the record. */
function emitLines(world: GameWorld, record: string[], count: number): Promise<void> {
  return new Promise((resolve) => {
    const end = record.length + count
    const timer = setInterval(() => {
      for (let index = 0; index < PER_SECOND / 50 && record.length < end; index++) {
        const line = `line ${record.length}`
        record.push(line)
        world.emit(line)
      }
      if (record.length < end) return
      clearInterval(timer)
      resolve()
    }, 20)
  })
}

/** The server's lines that the log has, from the oldest to the newest: scrolls through all of them. */
async function readAll(page: Page): Promise<readonly (string | null)[]> {
  const size = page.viewportSize()
  await page.setViewportSize({ width: 1280, height: 2_400 })
  const lines = await page.getByRole('log').evaluate(async (log) => {
    const found = new Map<number, string | null>()
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const isAtEnd = () => log.scrollTop + log.clientHeight >= log.scrollHeight - 2
    for (log.scrollTop = 0; ; log.scrollTop += log.clientHeight * 0.7) {
      await drawn()
      for (const line of log.querySelectorAll<HTMLElement>('.line:not(.own)'))
        found.set(Number(line.getAttribute('data-key')), line.querySelector('bdi')?.textContent ?? null)
      if (isAtEnd()) break
    }
    return [...found]
  })
  if (size !== null) await page.setViewportSize(size)
  return lines.toSorted(([a], [b]) => a - b).map(([, text]) => text)
}

/** How many lines are shown, and how many have gone. */
async function footOf(page: Page): Promise<string> {
  return (await page.getByText(/^[\d,]+ lines/).textContent()) ?? ''
}

/** All lines, shown and gone. */
function countIn(foot: string): number {
  return Number(/^([\d,]+) lines/.exec(foot)?.[1]?.replaceAll(',', '')) + goneIn(foot)
}

function goneIn(foot: string): number {
  return Number(/([\d,]+) older/.exec(foot)?.[1]?.replaceAll(',', '') ?? 0)
}
