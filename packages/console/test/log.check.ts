import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage, signIn } from './page.js'
import { type Scene, startScene } from './scene.js'

const ROUNDS = 10

let scene: Scene
let browser: Browser
let page: Page
/** How many lines the game has written. */
let count = 0

beforeAll(async () => {
  scene = await startScene()
  browser = await launchChromium()
  page = (await openPage(browser, scene.url)).page
  await signIn(page, 'ann')
  await page.goto(`${scene.url}#/servers/altis/log`)
  await page.getByText('Connected.').first().waitFor()
  write(400)
  await newest().waitFor()
})

afterAll(async () => {
  await browser?.close()
  await scene?.[Symbol.asyncDispose]()
})

const log = () => page.getByRole('log')
const newest = () => log().getByText(`line ${count - 1}`, { exact: true })
const followButton = (disabled: boolean) => page.getByRole('button', { name: 'Follow', disabled })

function write(lines: number): void {
  for (let index = 0; index < lines; index++) scene.altis.world.emit(`line ${count++}`)
}

/** The log as if it were opened for the first time: no line's height is known yet. */
async function reopenLog(): Promise<void> {
  await page.getByRole('link', { name: 'Players' }).click()
  await log().waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Log' }).click()
  await newest().waitFor()
}

async function shownLines(): Promise<number> {
  return Number.parseInt((await page.getByText(/^[\d,]+ lines/).textContent())?.replaceAll(',', '') ?? '', 10)
}

/** The line at the top, once the log no longer scrolls. */
function restingLine(): Promise<string | null | undefined> {
  return log().evaluate(async (element) => {
    const frame = () => new Promise(requestAnimationFrame)
    let still = 0
    for (let last = -1; still < 5; last = element.scrollTop) {
      await frame()
      still = element.scrollTop === last ? still + 1 : 0
    }
    const { top } = element.getBoundingClientRect()
    const shown = [...element.querySelectorAll('.line')].find(
      (line) => line.getBoundingClientRect().bottom > top,
    )
    return shown?.textContent
  })
}

it.each(['Home', 'PageUp'])(
  'stays where %s leads, also while the newest line is still being placed',
  async (key) => {
    for (let round = 0; round < ROUNDS; round++) {
      await reopenLog()
      await log().press(key)
      await newest().waitFor({ state: 'detached' })
      expect(await followButton(false).count()).toBe(1)
    }
  },
)

it('follows the newest line, also in a window of another size, until the reader scrolls up', async () => {
  await reopenLog()
  for (const size of [
    { width: 700, height: 500 },
    { width: 1_000, height: 900 },
    { width: 1_280, height: 800 },
  ]) {
    await page.setViewportSize(size)
    write(100)
    await newest().waitFor()
    expect(await followButton(true).count()).toBe(1)
  }
  await log().hover()
  await page.mouse.wheel(0, -300)
  await followButton(false).waitFor()
  const read = await restingLine()
  const shown = await shownLines()
  write(100)
  await expect.poll(shownLines).toBe(shown + 100)
  expect(await restingLine()).toBe(read)
  await log().press('End')
  await newest().waitFor()
  await followButton(true).waitFor()
  write(1)
  await newest().waitFor()
})

it('lets the reader go up while many lines come', async () => {
  await reopenLog()
  const writing = setInterval(write, 20, 4)
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await log().press('PageUp')
      await followButton(false).waitFor()
      const read = await restingLine()
      const shown = await shownLines()
      await expect.poll(shownLines).toBeGreaterThan(shown + 40)
      expect(await restingLine()).toBe(read)
      await followButton(false).click()
      await followButton(true).waitFor()
    }
  } finally {
    clearInterval(writing)
  }
  await newest().waitFor()
})
