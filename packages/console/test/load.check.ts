import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, layoutShift, openPage, signIn } from './page.js'
import { type Scene, startScene } from './scene.js'

const PER_SECOND = 200
const LINES = 11_000
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
  const scripts: string[] = []
  const hosts = new Set<string>()
  page.on('response', async (response) => {
    hosts.add(new URL(response.url()).origin)
    if (response.request().resourceType() === 'script') scripts.push(await response.text())
  })
  await page.goto(scene.url)
  await signIn(page, 'ann')
  await page.getByText('more-16').waitFor()
  expect([...hosts]).toEqual([new URL(scene.url).origin])
  expect(scripts.reduce((sum, script) => sum + gzipSync(script).length, 0)).toBeLessThanOrEqual(
    MAX_SCRIPT_BYTES,
  )
  const firstView = await page.evaluate(() =>
    Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
  )
  console.log(`first contentful paint after ${firstView} ms, with 20 servers`)
})

it(`shows ${PER_SECOND} lines a second smoothly, loses none, and keeps the newest 10,000`, async () => {
  const { page } = await openPage(browser, scene.url)
  await signIn(page, 'ann')
  await page.goto(`${scene.url}#/servers/altis/log`)
  await page.getByText('Connected.').waitFor()
  await page.evaluate(watchFrames)
  const { world } = scene.altis
  const before = await heap(page)
  await new Promise<void>((resolve) => {
    let sent = 0
    const timer = setInterval(() => {
      for (let index = 0; index < PER_SECOND / 50 && sent < LINES; index++) world.emit(`line ${sent++}`)
      if (sent < LINES) return
      clearInterval(timer)
      resolve()
    }, 20)
  })
  await page.getByText(`line ${LINES - 1}`, { exact: true }).waitFor()
  const { p50, p95, worst } = await page.evaluate(frames)
  console.log(
    `frames: p50 ${p50} ms, p95 ${p95} ms, worst ${worst} ms; heap ${before} to ${await heap(page)} MB`,
  )
  expect(await layoutShift(page)).toBe(0)
  // The foot counts the lines shown and gone: all that were written, and what the page says itself.
  const foot = ((await page.getByText(/lines/).last().textContent()) ?? '').replaceAll(',', '')
  const [, shown = '0', gone = '0'] = /(\d+) lines(?: (\d+) older)?/.exec(foot) ?? []
  expect(Number(shown) + Number(gone)).toBeGreaterThanOrEqual(LINES)
  expect(Number(shown)).toBeLessThanOrEqual(10_500)

  // Whoever reads keeps their place while old lines leave above it.
  await page.getByRole('log').evaluate((log) => log.scrollBy(0, -log.scrollHeight / 3))
  await page.getByRole('button', { name: 'Follow', disabled: false }).waitFor()
  await expect.poll(() => readLine(page)).not.toBeNull()
  const read = await readLine(page)
  for (let index = 0; index < 600; index++) world.emit(`later ${index}`)
  await expect
    .poll(async () =>
      Number(
        /lines, ([\d,]+)/.exec((await page.getByText(/older/).textContent()) ?? '')?.[1]?.replaceAll(',', ''),
      ),
    )
    .toBeGreaterThan(Number(gone))
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 300)))
  const now = await readLine(page)
  expect(now?.text).toBe(read?.text)
  expect(Math.abs((now?.top ?? 0) - (read?.top ?? 0))).toBeLessThan(2)
})

/** The line in the middle of the log. */
function readLine(page: Awaited<ReturnType<typeof openPage>>['page']) {
  return page.getByRole('log').evaluate((log) => {
    const { top, height } = log.getBoundingClientRect()
    const line = [...log.querySelectorAll('.line')].find(
      (each) => each.getBoundingClientRect().top >= top + height / 2,
    )
    return line === undefined ? null : { text: line.textContent, top: line.getBoundingClientRect().top }
  })
}

async function heap(page: Awaited<ReturnType<typeof openPage>>['page']): Promise<number> {
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

function frames(): { p50: number; p95: number; worst: number } {
  const times = [...(window as unknown as { frameTimes: number[] }).frameTimes].sort((a, b) => a - b)
  const at = (part: number) => Math.round((times[Math.floor((times.length - 1) * part)] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), worst: at(1) }
}
