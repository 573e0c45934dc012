import type { Simulator } from '@bercon/server/simulator'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { ban, unban } from '../src/commands/moderation.js'
import { bercon, serverEnv } from './bercon-process.js'
import { outputOf } from './output-of.js'
import { flagsFor, startSmallWorld } from './small-world.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
})
afterAll(() => simulator.close())
afterEach(() => {
  vi.unstubAllEnvs()
})

const run = async (...args: string[]) => (await bercon(args, { env: serverEnv(simulator.port) })).stdout

it('kicks by the whole name', async () => {
  expect(await run('kick', 'Rook', 'afk')).toBe('kicked player 0, Rook\n')
  expect(simulator.world.players.map(({ name }) => name)).not.toContain('Rook')
})

it('kicks nobody by a list that a name with a line end has forged a row of, and shows what it could read', async () => {
  const forged = `Evil\n1   192.0.2.66:2304       31   ${'e'.repeat(32)}(OK) Chosen`
  const slot = simulator.world.join({ name: forged })
  const before = simulator.world.players
  const kicked = await bercon(['kick', 'Chosen'], { env: serverEnv(simulator.port) })
  expect(kicked).toMatchObject({ code: 6, stdout: '' })
  expect(kicked.stderr).toMatch(/a list that is not whole/)
  expect(simulator.world.players).toEqual(before)
  const listed = await bercon(['players'], { env: serverEnv(simulator.port) })
  expect(listed.code).toBe(6)
  expect(listed.stdout).toContain('Evil')
  expect(listed.stderr).toMatch(/a list that is not whole/)
  simulator.world.leave(slot)
})

it('bans a player by number, and says the unit of the length', async () => {
  expect(await run('ban', '1', '--for', '12h', 'spam')).toBe('banned player 1, 🐻 Bär 漢字, for 720 min\n')
  expect(simulator.world.bans).toContainEqual(
    expect.objectContaining({ target: 'b'.repeat(32), reason: 'spam' }),
  )
})

it('lifts every ban of an address', async () => {
  simulator.world.addBan({ target: '203.0.113.9' })
  simulator.world.addBan({ target: '203.0.113.9', reason: 'again' })
  expect(await run('unban', '203.0.113.9')).toBe('lifted the ban of 203.0.113.9\n')
  expect(simulator.world.bans.map(({ target }) => target)).not.toContain('203.0.113.9')
})

it('bans an address for ever, lifts the ban, and says when there is none', async () => {
  const flags = { ...flagsFor(simulator), for: 'ever' }
  const said = async (command: (signal: AbortSignal) => Promise<number>) => (await outputOf(command)).stdout
  const target = '203.0.113.10'
  expect(await said((signal) => ban(target, '', flags, signal))).toBe(`banned ${target} for ever\n`)
  expect(await said((signal) => unban(target, flags, signal))).toBe(`lifted the ban of ${target}\n`)
  expect(await said((signal) => unban(target, flags, signal))).toBe(`${target} was not banned\n`)
})

it('does not lift a ban by its number', () => {
  expect(() => unban('3', {}, new AbortController().signal)).toThrow(
    'the numbers of bans change all the time',
  )
})

it('whispers to a player found by GUID', async () => {
  expect(await run('say', '--to', 'c'.repeat(32), 'hello')).toBe('said to דוד\n')
})
