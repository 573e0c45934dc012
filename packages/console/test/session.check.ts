import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage, picture, signIn } from './page.js'
import { type Scene, startScene } from './scene.js'

let scene: Scene
let browser: Browser
let page: Page

beforeAll(async () => {
  scene = await startScene()
  scene.altis.world.join({ name: 'Rook', guidStatus: 'verified' })
  browser = await launchChromium()
  page = (await openPage(browser, scene.url)).page
})

afterAll(async () => {
  await browser?.close()
  await scene?.[Symbol.asyncDispose]()
})

const kick = () => page.getByRole('button', { name: 'Kick Rook' })

/** The role of ann from now on. */
function allow(commands: readonly string[]): void {
  scene.gateway.reload((toml) =>
    toml.replace(/(\[roles\.moderator\]\n.*\ncommands = ).*/, `$1${JSON.stringify(commands)}`),
  )
}

it('offers at once what a reload leaves of the role, and sends no command that the role may not', async () => {
  await signIn(page, 'ann')
  await page.goto(`${scene.url}#/servers/altis/players`)
  await kick().waitFor()
  allow(['Players', 'KICK'])
  await page.getByRole('button', { name: 'Ban Rook' }).waitFor({ state: 'detached' })
  await kick().waitFor()
  expect(await page.getByRole('link', { name: 'Bans' }).count()).toBe(0)
  allow([])
  // The address still names the tab that is no longer offered.
  await page.getByRole('log').waitFor()
  await picture(page, 'no-command')
  expect(await page.getByRole('link', { name: 'Players' }).count()).toBe(0)
  expect(await page.getByLabel('Command').count()).toBe(0)
  await page.reload()
  await page.getByText('Connected.').first().waitFor()
  const refused = await page.evaluate(async () => {
    const { entries } = await (await fetch('api/audit?outcome=refused')).json()
    return entries.length
  })
  expect(refused).toBe(0)
})

it('signs out every tab of the browser, whichever view it shows', async () => {
  const other = await page.context().newPage()
  await other.goto(scene.url)
  await other.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('The session has ended. Sign in again.').waitFor()
  await other.close()
})

it('asks for a token where the audit was, when the user is no longer one', async () => {
  await page.goto(`${scene.url}#/servers`)
  await signIn(page, 'ann')
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByRole('heading', { name: 'Audit', exact: true }).waitFor()
  scene.gateway.reload((toml) => toml.replace(/\[users\.ann\]\n.*\n.*\n/, ''))
  await page.getByText('The session has ended. Sign in again.').waitFor()
  expect(await page.getByRole('heading', { name: 'Audit' }).count()).toBe(0)
})
