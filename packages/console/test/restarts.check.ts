import type { GameWorld } from '@bercon/simulator'
import type { Browser, Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage, picture, signIn } from './page.js'
import { type Scene, startScene } from './scene.js'

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
  const crashedAt = performance.now()
  scene.altis.crash()
  await page
    .getByText(/Not answering|Reconnecting/)
    .first()
    .waitFor()
  console.log(`shown ${Math.round((performance.now() - crashedAt) / 1_000)} s after the server has gone`)
  await picture(page, 'server-gone')
  scene.altis.revive()
  await page.getByText('Online').first().waitFor()
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
  await expect.poll(() => gaps.count()).toBeGreaterThan(before.gaps)
  say('after the restart of the gateway')
  await page.getByText('after the restart of the gateway').waitFor()
  expect(await page.getByLabel('Token').count()).toBe(0)
})

/** Runs `act` in the place of the command that begins so, once the game has executed it; later ones are as before. */
function afterExecuting(world: GameWorld, command: string, act: () => void): readonly string[] {
  const executed: string[] = []
  const execute = world.execute.bind(world)
  world.execute = (text, ...rest) => {
    const reply = execute(text, ...rest)
    if (!text.startsWith(command)) return reply
    executed.push(text)
    act()
    return reply
  }
  return executed
}

/** Presses the button with this name, where there is one that can be pressed, until `place` is `state`. */
async function pressUntil(name: string, place: Locator, state: 'there' | 'gone' = 'there'): Promise<void> {
  await expect
    .poll(async () => {
      if ((await place.count()) > 0 === (state === 'there')) return state
      // By one step: it may go at any moment, because the page comes back by itself.
      await page.evaluate((wanted) => {
        const buttons = [...document.querySelectorAll('button')].reverse()
        buttons.find(({ textContent, disabled }) => textContent?.trim() === wanted && !disabled)?.click()
      }, name)
      return undefined
    })
    .toBe(state)
}

it('says that nothing was sent when the gateway is away under an open dialog, and sends it later', async () => {
  const { world } = scene.altis
  const executed = afterExecuting(world, 'kick', () => {})
  world.join({ name: 'Afk', guidStatus: 'verified' })
  await page.goto(`${scene.url}#/servers/altis/players`)
  await page.getByRole('button', { name: 'Kick Afk' }).click()
  await scene.gateway.stop('SIGKILL')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Kick' }).click()
  await dialog.getByText(/^Nothing was sent, because/).waitFor()
  await picture(page, 'gateway-gone-kick')
  await scene.gateway.start()
  expect(world.players.map(({ name }) => name)).toContain('Afk')
  await pressUntil('Kick', dialog, 'gone')
  expect(world.players.map(({ name }) => name)).not.toContain('Afk')
  expect(executed.length).toBe(1)
})

it('says that a kick may have been executed when the gateway ends before its answer, and kicks nobody twice', async () => {
  const { world } = scene.altis
  world.join({ name: 'Once', guidStatus: 'verified' })
  await page.getByRole('button', { name: 'Kick Once' }).click()
  const executed = afterExecuting(world, 'kick', () => void scene.gateway.stop('SIGKILL'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Kick' }).click()
  await dialog.getByText(/The connection was lost .* may have been executed/).waitFor()
  await scene.gateway.start()
  await pressUntil('Kick', dialog.getByText('This player has left the server, so nothing was sent.'))
  await page.keyboard.press('Escape')
  expect(executed.length).toBe(1)
})

it('goes on with an import after the gateway restarts, and adds no ban twice', async () => {
  const { world } = scene.dayz
  const targets = Array.from({ length: 300 }, (_, index) => (index + 1).toString(16).padStart(32, '0'))
  let count = 0
  const executed = afterExecuting(world, 'addBan', () => {
    if (++count === 100) void scene.gateway.stop('SIGKILL')
  })
  await page.goto(`${scene.url}#/servers/dayz-1/bans`)
  await page.getByText('Nobody is banned').waitFor()
  await page.getByRole('button', { name: 'Import' }).click()
  const buffer = Buffer.from(targets.map((target) => `${target} -1 many`).join('\n'))
  await page.getByLabel('File').setInputFiles({ name: 'bans.txt', mimeType: 'text/plain', buffer })
  await page.getByRole('button', { name: 'Add 300 bans' }).click()
  await expect.poll(() => count).toBeGreaterThanOrEqual(100)
  await scene.gateway.start()
  await page.getByRole('button', { name: 'Done' }).waitFor()
  await picture(page, 'gateway-back-import')
  expect(await page.getByText(/failed/).count()).toBe(0)
  await page.getByRole('button', { name: 'Done' }).click()
  expect(world.bans.map(({ target }) => target).toSorted()).toEqual(targets)
  expect(executed.length).toBe(targets.length)
})

it('says that a list of Reforger failed, and shows the list when it is asked for again', async () => {
  const reader = page.getByRole('cell', { name: 'Reader', exact: true })
  scene.arland.world.join({ name: 'Reader' })
  await page.goto(`${scene.url}#/servers/arland/players`)
  await reader.waitFor()
  scene.arland.crash()
  await page.goto(`${scene.url}#/servers/arland/bans`)
  await page.getByText('The bans are not available').waitFor()
  await picture(page, 'reforger-bans-failed')
  await page.reload()
  await page.goto(`${scene.url}#/servers/arland/players`)
  await page.getByText('The players are not available').waitFor()
  await picture(page, 'reforger-players-failed')
  scene.arland.revive()
  await pressUntil('Try again', reader)
  await page.goto(`${scene.url}#/servers/arland/bans`)
  await page.getByText('Nobody is banned').waitFor()
})
