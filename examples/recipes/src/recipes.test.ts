import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startSimulator } from '@bercon/simulator'
import { afterEach, expect, it, vi } from 'vitest'

const GUID = 'a'.repeat(32)

afterEach(() => {
  vi.restoreAllMocks()
})

/** What a program prints, run to its end; what it prints as an error fails the test. */
async function printed(run: () => Promise<unknown>): Promise<unknown[][]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  await run()
  expect(error.mock.calls).toEqual([])
  return log.mock.calls
}

it('the first client sees who was kicked', async () => {
  expect(await printed(() => import('./first-client.js'))).toEqual([
    ['Ann was kicked: Admin Kick (to show how it is done)'],
    ['1 left'],
  ])
})

it('the bot greets, kicks who asks for it, and ends by Ctrl-C', async () => {
  await using simulator = await startSimulator({ password: 'correct-horse', bots: false })
  const bot = spawn(process.execPath, [fileURLToPath(new URL('../dist/first-bot.js', import.meta.url))], {
    env: { RCON_HOST: simulator.address, RCON_PORT: String(simulator.port), RCON_PASSWORD: 'correct-horse' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [bot.stdout, bot.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  const ended = once(bot, 'close')
  await expect.poll(() => output).toContain('logged in')
  const id = simulator.world.join({ name: 'Ann', guidStatus: 'verified' })
  await expect.poll(() => output).toContain('greeted Ann')
  simulator.world.chat(id, 'Global', '!afk')
  await expect.poll(() => output).toContain('Ann was kicked: Admin Kick (See you soon)\n')
  bot.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  expect(output).toBe('logged in\ngreeted Ann\nAnn was kicked: Admin Kick (See you soon)\n')
})

it('the whitelist keeps out who is there at the login, and who comes later', async () => {
  expect(await printed(() => import('./whitelist.js'))).toEqual([
    ['Early was kicked: You are not on the whitelist'],
    ['Late was kicked: You are not on the whitelist'],
    ['Ann, Bob'],
  ])
})

it('chat commands are answered in a whisper, once in a while', async () => {
  expect(await printed(() => import('./chat-commands.js'))).toEqual([
    ['to Ann: Your ping is 42 ms'],
    ['to Bob: 2 players'],
  ])
})

it('chat commands of moderators need a verified GUID on the list', async () => {
  expect(await printed(() => import('./moderator-commands.js'))).toEqual([['Rook was kicked by Ann']])
})

it('the restart warns, locks, kicks and stops', async () => {
  expect(await printed(() => import('./restart-countdown.js'))).toEqual([
    ['Restart in 3 min'],
    ['Restart in 1 min'],
    ['#lock'],
    ['#shutdown'],
    ['0 players'],
  ])
})

it('each server ends with the bans of all, and a second run makes no change', async () => {
  const both = `${GUID} aimbot, 192.0.2.7 spam`
  expect(await printed(() => import('./ban-sync.js'))).toEqual([
    ['2 added, then 0'],
    ['altis', both],
    ['malden', both],
  ])
})

it('the bridge carries chat both ways, and pings nobody', async () => {
  expect(await printed(() => import('./discord-bridge.js'))).toEqual([
    ['in the channel:', '\\*Ann\\*: hello \\@everyone'],
    ['in the game:', 'Bob: hello yourself'],
  ])
})

it('the code of the page about errors recognizes a refused password', async () => {
  expect(await printed(() => import('./error-codes.js'))).toEqual([['wrong password']])
})

it('what the page for people from berconpy shows lists who is there', async () => {
  expect(await printed(() => import('./from-berconpy.js'))).toEqual([[0, 'Ann', 42]])
})

it('what the page for people from battleye shows lists who is there', async () => {
  expect(await printed(() => import('./from-battleye.js'))).toContainEqual([['Ann']])
})

it('each has at most fifty lines', () => {
  const folder = new URL('.', import.meta.url)
  const programs = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const long = programs.filter((name) => readFileSync(new URL(name, folder), 'utf8').split('\n').length > 51)
  expect(long).toEqual([])
})
