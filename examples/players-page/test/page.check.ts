// In a browser that not every machine has: run by `pnpm test:runtimes chromium`.
import { fileURLToPath } from 'node:url'
import { RconPool } from '@bercon/client'
import { createToken, Gateway, tokenHash } from '@bercon/gateway'
import { startSimulator } from '@bercon/simulator'
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    readonly launchOptions: LaunchOptions
  }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const token = createToken()
const roles = { viewer: { servers: ['altis'], commands: ['players'], events: ['player*'] } }

let simulator: Awaited<ReturnType<typeof startSimulator>>
let pool: RconPool
let gateway: Gateway
let server: PreviewServer
let browser: Browser
let page: Page
let url: string
const complaints: string[] = []

beforeAll(async () => {
  await build({ root, logLevel: 'error' })
  server = await preview({ root, preview: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' })
  const address = server.resolvedUrls?.local[0] ?? ''
  simulator = await startSimulator({ password: 'hunter2', bots: false, seed: 1 })
  pool = new RconPool()
  await pool.add('altis', { host: simulator.address, port: simulator.port, password: 'hunter2' })
  gateway = new Gateway({
    servers: pool,
    games: { altis: 'arma3' },
    users: { vic: { tokenSha256: tokenHash(token), role: 'viewer' } },
    roles,
    audit: { append: () => {}, close: () => {} },
  })
  const { origin } = new URL(address)
  const { http } = await gateway.listen({ http: { port: 0, allowedOrigins: [origin] } })
  url = http?.url ?? ''
  browser = await chromium.launch(inject('launchOptions'))
  page = await browser.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(address)
})

afterAll(async () => {
  await browser?.close()
  await gateway?.close()
  await pool?.close()
  await simulator?.close()
  await server?.close()
})

async function follow(withToken: string): Promise<void> {
  await page.getByLabel('Gateway').fill(url)
  await page.getByLabel('Server').fill('altis')
  await page.getByLabel('Token').fill(withToken)
  await page.getByRole('button', { name: 'Follow' }).click()
}

const names = () => page.locator('tbody tr td:nth-child(2)').allTextContents()
const status = () => page.getByRole('status').textContent()

it('shows who is on the server, and who joins and leaves, with names as text', async () => {
  const { world } = simulator
  const rook = world.join({ name: 'Rook' })
  await follow(token)
  await expect.poll(names).toEqual(['Rook'])
  expect(await status()).toBe('connected, players: 1')
  world.join({ name: '<b>Bishop</b>' })
  await expect.poll(names).toEqual(['Rook', '<b>Bishop</b>'])
  world.leave(rook)
  await expect.poll(names).toEqual(['<b>Bishop</b>'])
  expect(await page.locator('tbody b').count()).toBe(0)
  expect(complaints).toEqual([])
})

it('says that a wrong token is wrong, and connects with the right one after it', async () => {
  await follow('somebody-elses-token')
  await expect.poll(status).toMatch(/token.*players: 0/)
  await follow(token)
  await expect.poll(status).toBe('connected, players: 1')
  expect(complaints).toEqual([])
})
