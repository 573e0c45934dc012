import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibility, contrasts, overflowing } from './looks.js'
import { closePage, launchChromium, layoutShift, openPage, picture, signIn } from './page.js'
import { type Scene, startScene } from './scene.js'

const NAMES = ['Rook', 'Zoë', 'Mr. "Quotes"', 'A very long name with many words in it']
const SCREENS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
].flatMap((viewport) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${viewport.width}-${colorScheme}`,
    options: { viewport, colorScheme },
  })),
)
const VIEWS = [
  { name: 'servers', hash: '#/servers', shown: 'altis' },
  { name: 'log', hash: '#/servers/altis/log', shown: 'hello from the game' },
  { name: 'players', hash: '#/servers/altis/players', shown: /^Rook 0$/ },
  { name: 'bans', hash: '#/servers/altis/bans', shown: 'teamkills' },
  { name: 'plots', hash: '#/servers/altis/plots', shown: /Collecting samples|Datagrams sent again/ },
  { name: 'audit', hash: '#/audit', shown: /^login$/ },
  { name: 'empty', hash: '#/servers/dayz-1/players', shown: 'Nobody is on the server' },
  { name: 'no-server', hash: '#/servers/nowhere/log', shown: 'No such server' },
] as const

let scene: Scene
let browser: Browser

beforeAll(async () => {
  scene = await startScene()
  // More than fit on a screen.
  for (let index = 0; index < 36; index++)
    scene.altis.world.join({ name: `${NAMES[index % NAMES.length]} ${index}`, guidStatus: 'verified' })
  for (let index = 0; index < 30; index++)
    scene.altis.world.addBan({ target: index.toString(16).padStart(32, '0'), reason: 'teamkills' })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await scene?.[Symbol.asyncDispose]()
})

async function checkLooks(page: Page): Promise<void> {
  expect(await overflowing(page)).toEqual([])
  expect(await contrasts(page)).toEqual([])
  expect(await accessibility(page)).toEqual([])
  expect(await layoutShift(page)).toBe(0)
}

describe.each(SCREENS)('at $name', ({ name, options }) => {
  it('asks for the token, and says why it was refused', async () => {
    const watched = await openPage(browser, scene.url, options)
    const { page } = watched
    await page.getByLabel('Token').waitFor()
    await picture(page, `sign-in-${name}`)
    await page.getByLabel('Token').fill('somebody-elses-token')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/token/i)
    await picture(page, `refused-${name}`)
    await checkLooks(page)
    await closePage(watched)
  })

  it.each(VIEWS)('shows $name whole, legible and still', async ({ name: view, hash, shown }) => {
    const watched = await openPage(browser, scene.url, options)
    const { page, complaints } = watched
    await signIn(page, 'ann')
    await page.goto(`${scene.url}${hash}`)
    if (view === 'log') {
      await page.getByText('Connected.').first().waitFor()
      scene.altis.world.chat(scene.altis.world.players[0]?.id ?? 0, 'Global', 'hello from the game')
    }
    await page.locator('main').getByText(shown).first().waitFor()
    await picture(page, `${view}-${name}`)
    await checkLooks(page)
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
    await closePage(watched)
  })
})
