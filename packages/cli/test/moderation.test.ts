import type { Simulator } from '@bercon/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ban } from '../src/commands/ban.js'
import { kick } from '../src/commands/kick.js'
import { say } from '../src/commands/say.js'
import { unban } from '../src/commands/unban.js'
import { type Work, withClient } from '../src/server/connected.js'
import { bercon, serverEnv } from './bercon-process.js'
import { outputOf } from './output-of.js'
import { flagsFor, startSmallWorld } from './small-world.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
  simulator.world.join({ name: 'Halowick', guid: '1'.repeat(32), ip: '192.0.2.9', port: 2304 })
})
afterAll(() => simulator.close())

const run = async (...args: string[]) => (await bercon(args, { env: serverEnv(simulator.port) })).stdout

it('kicks by the complete name', async () => {
  expect(await run('kick', 'Rook', 'afk')).toBe('kicked player 0, Rook\n')
  expect(simulator.world.players.map(({ name }) => name)).not.toContain('Rook')
})

it('kicks nobody by a list with a row forged by a line end, and shows the readable rows', async () => {
  const forged = `Evil\n1   192.0.2.66:2304       31   ${'e'.repeat(32)}(OK) Chosen`
  const slot = simulator.world.join({ name: forged })
  const before = simulator.world.players
  const kicked = await bercon(['kick', 'Chosen'], { env: serverEnv(simulator.port) })
  expect(kicked).toMatchObject({ code: 6, stdout: '' })
  expect(kicked.stderr).toMatch(/a damaged list/)
  expect(simulator.world.players).toEqual(before)
  const listed = await bercon(['players'], { env: serverEnv(simulator.port) })
  expect(listed.code).toBe(6)
  expect(listed.stdout).toContain('Evil')
  expect(listed.stderr).toMatch(/a damaged list/)
  simulator.world.leave(slot)
})

it('bans a player by number, and repeats the length', async () => {
  expect(await run('ban', '1', '--for', '12h', 'spam')).toBe('banned player 1, 🐻 Bär 漢字, for 12h\n')
  expect(simulator.world.bans).toContainEqual(
    expect.objectContaining({ target: 'b'.repeat(32), reason: 'spam' }),
  )
})

it('bans until a date, before the target or right after it', async () => {
  const until = ['--until', '2999-01-01T12:00']
  const [first, second] = ['198.51.100.20', '198.51.100.21']
  for (const args of [
    [...until, first, 'spam'],
    [second, ...until, 'spam'],
  ])
    expect(await run('ban', ...args)).toMatch(/^banned [0-9.]+ until 2999-01-01 12:00 \(9\d\dy \d+d\)\n$/)
  const made = simulator.world.bans.filter(({ target }) => target === first || target === second)
  expect(made.map(({ reason, expiresAt }) => [reason, expiresAt !== undefined])).toEqual([
    ['spam', true],
    ['spam', true],
  ])
})

it('removes every ban of an address', async () => {
  simulator.world.addBan({ target: '203.0.113.9' })
  simulator.world.addBan({ target: '203.0.113.9', reason: 'again' })
  expect(await run('unban', '203.0.113.9')).toBe('removed the ban of 203.0.113.9\n')
  expect(simulator.world.bans.map(({ target }) => target)).not.toContain('203.0.113.9')
})

const BY_TARGET = { takesNumbers: false }

const said = async (work: Work) =>
  (await outputOf((signal) => withClient(flagsFor(simulator), signal, work))).stdout

it('bans an address permanently, removes the ban, and fails if there is none', async () => {
  const target = '10.20.30.40'
  expect(await said(ban(target, '', { for: 'permanent' }))).toBe(`banned ${target} permanently\n`)
  expect(await said(await unban(target, BY_TARGET))).toBe(`removed the ban of ${target}\n`)
  await expect(said(await unban(target, BY_TARGET))).rejects.toThrow(
    `${target} is not banned; "bans" lists who is`,
  )
})

it('accepts the length of a ban right after the target, and asks for a missing unit', async () => {
  expect(await run('ban', '203.0.113.11', '7d', 'spam')).toBe('banned 203.0.113.11 for 7d\n')
  expect(simulator.world.bans).toContainEqual(
    expect.objectContaining({ target: '203.0.113.11', reason: 'spam' }),
  )
  expect(() => ban('203.0.113.12', '60 spam', { for: undefined })).toThrow('60 what?')
  expect(() => ban('203.0.113.12', 'spam', { for: undefined })).toThrow('how long? Use --for')
})

it('suggests similar banned targets if there is no match', async () => {
  await expect(said(await unban(`${'e'.repeat(31)}0`, BY_TARGET))).rejects.toThrow(
    `did you mean ${'e'.repeat(32)}?`,
  )
})

it('does not remove a ban by its number', async () => {
  await expect(unban('3', BY_TARGET)).rejects.toThrow('the numbers of bans change whenever the list does')
})

describe('a name', () => {
  it('that nobody has gets similar names as suggestions', async () => {
    await expect(said(kick('Dvd', ''))).rejects.toThrow(
      'nobody on the server is called "Dvd"; "players" lists',
    )
    await expect(said(kick('halowik', ''))).rejects.toThrow(
      /is called "halowik"; did you mean \d+ \(Halowick\)\?/,
    )
  })

  it('may be in another case if it matches one player', async () => {
    expect(await said(say('hello', { to: 'HALOWICK' }))).toBe('sent to Halowick\n')
  })

  it('that several players have is answered with all of them', async () => {
    simulator.world.join({ name: 'Twin', guid: '2'.repeat(32), ip: '192.0.2.10', port: 2304 })
    simulator.world.join({ name: 'twin', guid: '3'.repeat(32), ip: '192.0.2.11', port: 2304 })
    await expect(said(kick('TWIN', ''))).rejects.toThrow(
      /"TWIN" matches several players, \d+ \(Twin\) and \d+ \(twin\): use the number/,
    )
    expect(await said(say('hello', { to: 'twin' }))).toBe('sent to twin\n')
  })
})

it('whispers to a player found by GUID', async () => {
  expect(await run('say', '--to', 'c'.repeat(32), 'hello')).toBe('sent to דוד\n')
})
