import type { Simulator } from '@bercon/server/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bercon, serverEnv } from './bercon-process.js'
import { startSmallWorld } from './small-world.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
})
afterAll(() => simulator.close())

const run = async (...args: string[]) => (await bercon(args, { env: serverEnv(simulator.port) })).stdout

it('kicks by the whole name', async () => {
  expect(await run('kick', 'Rook', 'afk')).toBe('kicked player 0, Rook\n')
  expect(simulator.world.players.map(({ name }) => name)).not.toContain('Rook')
})

it('bans a player by number, and says the unit of the length', async () => {
  expect(await run('ban', '1', '--for', '12h', 'spam')).toBe('banned player 1, 🐻 Bär 漢字, for 720 min\n')
  expect(simulator.world.bans).toContainEqual(
    expect.objectContaining({ target: 'b'.repeat(32), reason: 'spam' }),
  )
})

it('bans an address and lifts the ban again', async () => {
  expect(await run('ban', '203.0.113.9', '--for', 'ever')).toBe('banned 203.0.113.9 for ever\n')
  expect(await run('unban', '203.0.113.9')).toBe('lifted the ban of 203.0.113.9\n')
  expect(await run('unban', '203.0.113.9')).toBe('203.0.113.9 was not banned\n')
})

it('whispers to a player found by GUID', async () => {
  expect(await run('say', '--to', 'c'.repeat(32), 'hello')).toBe('said to דוד\n')
})

it('commands come from standard input, one a line', async () => {
  const { stdout } = await bercon(['exec', '--format', 'ndjson'], {
    env: serverEnv(simulator.port),
    input: 'version\n\nrconpassword open-sesame\n',
  })
  const lines = stdout.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).command)).toEqual(['version', 'RConPassword …'])
})
