import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { repl } from './repl.js'

let lines: string[] = []

beforeEach(() => {
  lines = []
  vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(values.join(' ')))
})
afterEach(() => {
  vi.restoreAllMocks()
})

it('connect: the client closes at the end of the block, and connects again', async () => {
  await import('./connect.js')
  expect(lines).toEqual(['Connected! true', 'Disconnected! false', 'Connected again! true'])
})

it('command: a reply comes as text, and the log shows what was received', async () => {
  await import('./command.js')
  expect(lines).toContain('(1 players in total)')
  expect(lines).toEqual(expect.arrayContaining(['DEBUG connect', 'DEBUG command', 'DEBUG disconnect']))
})

it('listen: the login, each message and each reply', async () => {
  await import('./listen.js')
  expect(lines).toEqual([
    'We have logged in!',
    expect.stringMatching(/^message: RCon admin #0 \(127\.0\.0\.1\) logged in$/),
    'reply to loadBans: <empty>',
  ])
})

it('player-message: chat with its channel', async () => {
  await import('./player-message.js')
  expect(lines).toEqual(['(Side) Ann: hello'])
})

it('repl: replies, events, errors and the players that are known', async () => {
  await using simulator = await startSimulator({ password: 'hunter2', bots: false })
  simulator.world.join({ name: 'Ann', ping: 42 })
  const client = new AsyncRconClient()
  const listed = client.waitFor('players')
  await client.connect(simulator.address, simulator.port, 'hunter2')
  await listed
  await repl(client, ['#players', 'nonsense', 'say -1 hello', 'kick 0 afk'])
  await expect.poll(() => lines.some((line) => line.includes('was kicked'))).toBe(true)
  await client.close()
  expect(lines[0]).toBe('0 Ann 42 ms')
  expect(lines).toContain('(Global) Admin #0: hello')
  expect(lines.find((line) => line.includes('nonsense'))).toMatch(/unknown/i)
  expect(lines.find((line) => line.includes('was kicked'))).toBe('Player #0 Ann was kicked: Admin Kick (afk)')
})
