import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage, picture, signIn } from './page.js'
import { type Scene, startScene } from './scene.js'

// A server that has gone is noticed within 20 s, and one that is back within the back-off of a login.
const NOTICED_MS = 20_000
const BACK_MS = 60_000

let scene: Scene
let browser: Browser
let page: Page

beforeAll(async () => {
  scene = await startScene()
  browser = await launchChromium()
  page = (await openPage(browser, scene.url)).page
  await signIn(page, 'ann')
})

afterAll(async () => {
  await browser?.close()
  await scene?.[Symbol.asyncDispose]()
})

const say = (text: string) => scene.altis.world.chat(scene.altis.world.join({ name: 'Rook' }), 'Global', text)

it('shows that a game server has gone, and comes back with it', async () => {
  await page.goto(`${scene.url}#/servers/altis/log`)
  await page.getByText('Connected.').first().waitFor()
  scene.altis.crash()
  await page
    .getByText(/Not answering|Reconnecting/)
    .first()
    .waitFor({ timeout: NOTICED_MS + 5_000 })
  await picture(page, 'server-gone')
  scene.altis.revive()
  await page.getByText('Online').first().waitFor({ timeout: BACK_MS })
  say('after the restart of the game')
  await page.getByText('after the restart of the game').waitFor()
})

it('comes back by itself after the gateway restarts, and shows the gap', async () => {
  const lost = page.getByText('The connection is lost; connecting again…')
  const gaps = page.getByText(/may be missing here/)
  const before = { lost: await lost.count(), gaps: await gaps.count() }
  await scene.gateway.stop('SIGKILL')
  await expect.poll(() => lost.count()).toBeGreaterThan(before.lost)
  await picture(page, 'gateway-gone')
  await scene.gateway.start()
  await expect.poll(() => gaps.count(), { timeout: BACK_MS }).toBeGreaterThan(before.gaps)
  say('after the restart of the gateway')
  await page.getByText('after the restart of the gateway').waitFor()
  expect(await page.getByLabel('Token').count()).toBe(0)
})
