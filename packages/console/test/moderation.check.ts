import type { Browser, Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePage, launchChromium, openPage, picture, signIn, type WatchedPage } from './page.js'
import { IMPORTER_LIMIT, type Scene, startScene, TOKENS } from './scene.js'

let scene: Scene
let browser: Browser
let watched: WatchedPage
let page: Page

beforeAll(async () => {
  scene = await startScene()
  browser = await launchChromium()
  watched = await openPage(browser, scene.url)
  page = watched.page
})

afterAll(async () => {
  await browser?.close()
  await scene?.[Symbol.asyncDispose]()
})

const show = (tab: string, name = 'altis') => page.goto(`${scene.url}#/servers/${name}/${tab}`)

/** Presses Tab until the place has the focus; the keyboard reaches nothing else. It waits for a place that is yet to come. */
async function tabTo(place: Locator): Promise<void> {
  await place.waitFor()
  await expect.poll(() => place.isEnabled()).toBe(true)
  for (let count = 0; count < 100; count++) {
    if (await place.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${place}`)
}

async function press(place: Locator): Promise<void> {
  await tabTo(place)
  await page.keyboard.press('Enter')
}

const link = (name: string) => page.getByRole('link', { name, exact: true })
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
/** Until then the keyboard reaches nothing outside it. */
const isOver = () => dialog().waitFor({ state: 'detached' })

function perMinuteOf(of: Page): Promise<unknown> {
  return of.evaluate(async () => (await (await fetch('api/session')).json()).may.perMinute)
}

it('does everything by keys alone: sign in, tabs, kick, ban, lift, import, filters, scrolling, commands', async () => {
  const { world } = scene.altis
  const { keyboard } = page
  await tabTo(page.getByLabel('Token'))
  await keyboard.type(TOKENS.ann)
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Servers', exact: true }).waitFor()
  world.join({ name: 'Kicked', guidStatus: 'verified' })
  world.join({ name: 'Banned', guidStatus: 'verified' })
  world.join({ name: 'Stays', guidStatus: 'verified' })

  await press(link('altis'))
  await press(link('Players'))
  const row = (name: string) => page.locator('tr', { hasText: name })
  await row('Banned').waitFor()
  await press(button(/^Kick ?Kicked$/))
  await tabTo(dialog().getByLabel('Reason'))
  await keyboard.type('afk')
  await keyboard.press('Enter')
  await isOver()
  await row('Kicked').waitFor({ state: 'detached' })
  await press(button(/^Ban ?Banned$/))
  await tabTo(dialog().getByLabel('Length'))
  await keyboard.type('2')
  await press(button('Ban'))
  await isOver()
  await row('Banned').waitFor({ state: 'detached' })
  expect(world.players.map(({ name }) => name)).toEqual(['Stays'])

  await press(link('Bans'))
  await press(button(/^Lift ?the ban/))
  await press(button('Lift'))
  await isOver()
  await page.getByText('Nobody is banned').waitFor()
  expect(world.bans).toEqual([])
  // Before the dialog opens, because the browser takes a moment to hand its choosers over.
  const choosing = page.waitForEvent('filechooser')
  await press(button('Import'))
  await tabTo(dialog().getByLabel('File'))
  await keyboard.press('Enter')
  const chooser = await choosing
  const many = Array.from({ length: 40 }, (_, index) => `${index.toString(16).padStart(32, '0')} -1 many`)
  await chooser.setFiles({ name: 'bans.txt', mimeType: 'text/plain', buffer: Buffer.from(many.join('\n')) })
  await page.getByText('40 to add').waitFor()
  await press(button('Add 40 bans'))
  await press(button('Done'))
  await isOver()
  await page.getByText('40 of 40 bans').waitFor()
  expect(world.bans.length).toBe(40)
  while (world.bans.length > 0) world.execute('removeBan 0', undefined, 0)

  await press(link('Log'))
  for (let index = 0; index < 200; index++) world.emit(`line ${index} of many`)
  await page.getByText('line 199 of many').waitFor()
  await tabTo(page.getByRole('log'))
  await keyboard.press('Home')
  await page.getByText('line 199 of many').waitFor({ state: 'detached' })
  await keyboard.press('PageDown')
  await press(button('Follow'))
  await page.getByText('line 199 of many').waitFor()
  await press(page.getByLabel('Search the log'))
  await keyboard.type('line 123')
  await page.getByText('1 line', { exact: true }).waitFor()
  for (let count = 0; count < 8; count++) await keyboard.press('Backspace')
  const line = page.getByLabel('Command')
  await tabTo(line)
  await keyboard.type('vers')
  await keyboard.press('Tab')
  expect(await line.inputValue()).toBe('version ')
  await keyboard.press('Escape')
})

it('does not kick the newcomer who has the number of a player who left under the open dialog', async () => {
  const { world } = scene.altis
  const id = world.join({ name: 'Leaver', guidStatus: 'verified' })
  await show('players')
  for (const act of ['Kick', 'Whisper', 'Ban']) {
    await button(new RegExp(`^${act}.*Leaver`)).click()
    await dialog().waitFor()
    world.leave(id)
    expect(world.join({ name: 'Newcomer', guidStatus: 'verified' })).toBe(id)
    await dialog()
      .getByLabel(/Reason|Message/)
      .fill('bye')
    await dialog()
      .getByRole('button', { name: /^(Kick|Send|Ban)$/ })
      .click()
    await dialog().getByText('This player has left the server, so nothing was sent.').waitFor()
    await page.keyboard.press('Escape')
    await isOver()
    expect(world.players.map(({ name }) => name).toSorted()).toEqual(['Newcomer', 'Stays'])
    world.leave(id)
    world.join({ name: 'Leaver', guidStatus: 'verified' })
  }
  world.leave(id)
})

it('closes a dialog by Escape without doing anything, and returns the focus', async () => {
  await show('players')
  const kick = button('Kick Stays')
  await kick.focus()
  await page.keyboard.press('Enter')
  await dialog().waitFor()
  await page.keyboard.press('Escape')
  await isOver()
  expect(await kick.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(scene.altis.world.players.length).toBe(1)
})

it('bans with a length, and lifts the ban', async () => {
  const { world } = scene.altis
  const target = 'ab'.repeat(16)
  await show('bans')
  await page.getByRole('button', { name: 'Add a ban' }).click()
  await page.getByLabel('GUID or IP address').fill(target)
  await page.getByLabel('Length').fill('2')
  await page.getByLabel('Reason').fill('teamkill')
  await page.getByRole('button', { name: 'Ban', exact: true }).click()
  await page.getByText('teamkill').waitFor()
  expect(world.bans.map(({ target }) => target)).toEqual([target])
  expect(await page.getByText(/2h|1h 5[0-9]min/).count()).toBe(1)
  await page.getByRole('button', { name: `Lift the ban of ${target}` }).click()
  await page.getByRole('button', { name: 'Lift', exact: true }).click()
  await page.getByText('Nobody is banned').waitFor()
  expect(world.bans).toEqual([])
})

it('imports 2,000 bans with a plan and its progress, and adds none of them twice', async () => {
  const { world } = scene.dayz
  const targets = Array.from({ length: 2_000 }, (_, index) => (index + 1).toString(16).padStart(32, '0'))
  world.addBan({ target: targets[0] ?? '', reason: 'here before' })
  await show('bans', 'dayz-1')
  await page.getByText('here before').waitFor()
  await page.getByRole('button', { name: 'Import' }).click()
  const text = [...targets.map((target) => `${target} -1 imported`), 'not a ban'].join('\n')
  await page
    .getByLabel('File')
    .setInputFiles({ name: 'bans.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await expect.poll(() => page.getByRole('list', { name: 'Plan' }).textContent()).toContain('1,999 to add')
  await page.getByRole('button', { name: 'Add 1,999 bans' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => page.getByText('2,000 of 2,000 bans').count()).toBe(1)
  expect(world.bans.map(({ target }) => target).toSorted()).toEqual(targets.toSorted())
})

it('waits during an import that is larger than the role allows in a minute, says until when, and finishes', async () => {
  const { world } = scene.dayz
  while (world.bans.length > 0) world.execute('removeBan 0', undefined, 0)
  const importer = await openPage(browser, scene.url)
  // The page's time alone runs ahead later.
  await importer.page.clock.install()
  await importer.page.goto(scene.url)
  await signIn(importer.page, 'ida')
  await importer.page.goto(`${scene.url}#/servers/dayz-1/bans`)
  await importer.page.getByText('Nobody is banned').waitFor()
  await importer.page.getByRole('button', { name: 'Import' }).click()
  const targets = Array.from({ length: 100 }, (_, index) => (index + 1).toString(16).padStart(32, '0'))
  const buffer = Buffer.from(targets.map((target) => `${target} -1 slow`).join('\n'))
  await importer.page.getByLabel('File').setInputFiles({ name: 'bans.txt', mimeType: 'text/plain', buffer })
  await importer.page.getByText('allows 40 commands a minute, so this takes about 3min').waitFor()
  await importer.page.getByRole('button', { name: 'Add 100 bans' }).click()
  await importer.page.getByText(/The import goes on by itself at [0-9:]+/).waitFor()
  expect(world.bans.length).toBeGreaterThan(0)
  expect(world.bans.length).toBeLessThanOrEqual(40)
  await picture(importer.page, 'import-waits')
  // Without the limit the rest needs no further wait.
  scene.gateway.reload((toml) => toml.replace(IMPORTER_LIMIT, ''))
  await expect.poll(() => perMinuteOf(importer.page)).toBeNull()
  await importer.page.clock.fastForward(60_000)
  await importer.page.getByText('100 of 100 sent').waitFor()
  expect(await importer.page.getByText(/failed/).count()).toBe(0)
  await importer.page.getByRole('button', { name: 'Done' }).click()
  expect(world.bans.map(({ target }) => target).toSorted()).toEqual(targets)
  await closePage(importer)
})

it('sends a typed command, completes it, and shows its reply', async () => {
  await show('log')
  const line = page.getByLabel('Command')
  await line.fill('play')
  await line.press('Tab')
  expect(await line.inputValue()).toBe('players ')
  await line.press('Enter')
  await page.getByText('(1 players in total)').waitFor()
  await line.press('ArrowUp')
  expect(await line.inputValue()).toBe('players')
})

it('offers a viewer no kick, and the gateway refuses one that is forged in the viewer’s session', async () => {
  const viewer = await openPage(browser, scene.url)
  await signIn(viewer.page, 'vic')
  await viewer.page.goto(`${scene.url}#/servers/altis/players`)
  await viewer.page.getByText('Stays').waitFor()
  expect(await viewer.page.getByRole('button', { name: /Kick|Ban|Whisper/ }).count()).toBe(0)
  expect(await viewer.page.getByRole('link', { name: 'Audit' }).count()).toBe(0)
  const answer = await viewer.page.evaluate(async () => {
    const response = await fetch('api/servers/altis/commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'kick 1 forged' }),
    })
    return { status: response.status, code: (await response.json()).code }
  })
  expect(answer).toEqual({ status: 403, code: 'command-disallowed' })
  expect(scene.altis.world.players.map(({ name }) => name)).toEqual(['Stays'])
  await closePage(viewer)
})

it('keeps the token where no script can read it', async () => {
  const stored = await page.evaluate(() => [
    document.cookie,
    JSON.stringify(localStorage),
    JSON.stringify(sessionStorage),
    location.href,
  ])
  expect(stored.join()).not.toContain(TOKENS.ann)
  expect(stored[0]).toBe('')
})

it('signs out, and shows nothing of the servers afterwards', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('Token').waitFor()
  await page.reload()
  await page.getByLabel('Token').waitFor()
  expect(await page.getByText('altis').count()).toBe(0)
})
