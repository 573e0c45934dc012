import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { overflowing } from './looks.js'
import { closePage, launchChromium, openPage, picture, signIn } from './page.js'
import { type Scene, startScene } from './scene.js'

const TEXTS = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '{@html 1}{{1}}',
  'javascript:alert(1)',
  '\u202Egnp.exe\u202C',
  '\u2066left\u2069 \u200Bzero\uFEFF',
  `z${'\u0301'.repeat(500)}`,
  '🎖️🏴󠁧󠁢󠁥󠁮󠁧󠁿👨‍👩‍👧‍👦',
  'w'.repeat(400),
  'شارع العرب 123',
  '\u001b[2J\u0007',
]
const HIDDEN = '\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200B\uFEFF\u001B\u0007'
/** What no other view has, and what each view shows once it is there. */
const VIEWS = [
  { view: 'servers', own: 'Last line', shown: 'altis' },
  { view: 'servers/altis/log', own: 'Follow', shown: '(Global)' },
  { view: 'servers/altis/players', own: 'Ping', shown: TEXTS[0] },
  { view: 'servers/altis/bans', own: 'Export', shown: TEXTS[0] },
  { view: 'audit', own: 'Outcome', shown: `say -1 ${TEXTS[0]}` },
]

let scene: Scene
let browser: Browser

beforeAll(async () => {
  scene = await startScene()
  const { world } = scene.altis
  for (const text of TEXTS) {
    world.join({ name: text, guidStatus: 'verified' })
    world.addBan({ target: world.players.at(-1)?.guid ?? '', reason: text })
  }
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await scene?.[Symbol.asyncDispose]()
})

it('shows every hostile text as text, in every view', async () => {
  const watched = await openPage(browser, scene.url)
  const { page, complaints } = watched
  await signIn(page, 'ann')
  await page.goto(`${scene.url}#/servers/altis/log`)
  await page.getByText('Connected.').first().waitFor()
  for (const { id, name } of scene.altis.world.players) scene.altis.world.chat(id, 'Global', name)
  const line = page.getByLabel('Command')
  for (const text of TEXTS.slice(0, 3)) {
    await line.fill(`say -1 ${text}`)
    await line.press('Enter')
  }
  await page.getByText('(Global)').first().waitFor()
  // The audit is read once.
  const said = () =>
    page.evaluate(async () => {
      const { entries } = await (await fetch('api/audit')).json()
      return entries.filter(({ command = '' }) => command.startsWith('say -1')).length
    })
  await expect.poll(said).toBe(3)
  for (const { view, own, shown: text = '' } of VIEWS) {
    await page.goto(`${scene.url}#/${view}`)
    await page.locator('main').getByText(own, { exact: true }).first().waitFor()
    await page.locator('main').getByText(text).first().waitFor()
    await picture(page, `hostile-${view.replaceAll('/', '-')}`)
    const made = await page.evaluate(
      () => document.querySelectorAll('bdi *, img:not([src$="icon.svg"]), main script, main svg').length,
    )
    expect(made, view).toBe(0)
    expect(await overflowing(page), view).toEqual([])
    const shown = await page.evaluate(() => document.body.textContent ?? '')
    expect(
      [...shown].filter((character) => HIDDEN.includes(character)),
      view,
    ).toEqual([])
  }
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
  await closePage(watched)
})
