import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../core/test/scripted-peer.js'
import { AsyncRconClient } from '../src/async-rcon-client.js'

const HOST = '192.0.2.1'
const GUID = 'a'.repeat(32)
const ANN = `0   192.0.2.10:2304       31   ${GUID}(OK) Ann`
const FORGED = '1   192.0.2.66:2304       31   - Admin'
const list = (...rows: readonly string[]) => ['Players on server:', ...rows].join('\n')
const WHOLE = list(ANN, '(1 players in total)')

const BROKEN = {
  'a row that a name has forged': list(ANN, FORGED, '(1 players in total)'),
  'no last line': list(ANN),
  'a total of another list': list(ANN, '(2 players in total)'),
  'a row that cannot be read': list(ANN, 'Admin', '(2 players in total)'),
  'a slot twice': list(ANN, ANN, '(2 players in total)'),
}

/** A client of a server that answers with these in turn, and then repeats the last. */
async function answered(...replies: readonly string[]) {
  const clock = new VirtualClock()
  const peer = new ScriptedPeer()
  let next = 0
  peer.reply = (command) => (command === '' ? '' : replies[Math.min(next++, replies.length - 1)])
  const transport = new MemoryTransport(clock, new Map([[HOST, peer]]))
  const client = new AsyncRconClient({ transport, clock, playersIntervalMs: 0 })
  const problems: unknown[] = []
  client.listen('listProblem', ({ problem, used, rows }) => problems.push([problem, used, rows.length]))
  const opened = client.connect(HOST, 2306, 'hunter2')
  await clock.run(0)
  await opened
  const settle = async <T>(call: Promise<T>) => {
    const settled = call.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    await clock.run(1)
    return settled
  }
  return { client, peer, problems, settle }
}

describe.each(Object.entries(BROKEN))('a list of players with %s', (_, broken) => {
  it('is requested once more, and the second counts', async () => {
    const { client, peer, settle } = await answered(broken, WHOLE)
    expect(await settle(client.fetchPlayers())).toMatchObject({ value: [{ id: 0, name: 'Ann' }] })
    expect(peer.commands).toEqual(['players', 'players'])
  })

  it('is an error the second time, with the rows that could be read, and does not reach the cache', async () => {
    const { client, peer, problems, settle } = await answered(broken)
    const { error } = (await settle(client.fetchPlayers())) as { error: { rows: readonly unknown[] } }
    expect(error).toMatchObject({ code: 'unexpected-reply', command: 'players', reply: broken })
    expect(error).toHaveProperty('problem', expect.any(String))
    expect(error.rows[0]).toMatchObject({ id: 0, name: 'Ann' })
    expect(peer.commands).toHaveLength(2)
    expect(client.players).toEqual([])
    expect(problems).toHaveLength(2)
    expect(problems[0]).toMatchObject([expect.any(String), false, expect.any(Number)])
  })
})

it('a row without a ping is reported and counted, and leaves the list correct', async () => {
  const joining = '1   192.0.2.11:2304       -    - Bob'
  const { client, peer, problems, settle } = await answered(
    list(ANN, '1   192.0.2.11:2304       31   - Bob', '(2 players in total)'),
    list(ANN, joining, '(2 players in total)'),
  )
  await settle(client.fetchPlayers())
  expect(await settle(client.fetchPlayers())).toMatchObject({ value: [{ name: 'Ann' }] })
  expect(peer.commands).toHaveLength(2)
  expect(problems).toEqual([['unreadable-row', true, 1]])
  expect(client.unreadableRows).toBe(1)
  // Somebody is still there.
  expect(client.players.map(({ name }) => name)).toEqual(['Ann', 'Bob'])
})

const BANS = `GUID Bans:\n0  ${GUID} perm spam\n\nIP Bans:\n`

describe('a list of bans', () => {
  it.each([
    ['a row that cannot be read', `${BANS}nonsense`],
    ['a number twice', `${BANS}0  192.0.2.7 perm`],
  ])('with %s is asked for once more', async (_, broken) => {
    const { client, settle } = await answered(broken, BANS)
    expect(await settle(client.fetchBans())).toMatchObject({ value: [{ id: GUID }] })
    const again = await answered(broken)
    const failed = await again.settle(again.client.fetchBans())
    expect(failed).toMatchObject({ error: { code: 'unexpected-reply', command: 'bans' } })
    expect(failed).toHaveProperty('error.rows[0].target', GUID)
  })

  it('that is incomplete removes no ban: its numbers cannot be relied on', async () => {
    const { client, peer, settle } = await answered(`${BANS}0  192.0.2.7 perm`)
    expect(await settle(client.unban(GUID))).toMatchObject({ error: { code: 'unexpected-reply' } })
    expect(peer.commands).toEqual(['bans', 'bans'])
  })
})

const ADMINS = 'Connected RCon admins:\n0 192.0.2.9:50960\n'

describe('a list of admins', () => {
  it('with a row that cannot be read is requested once more', async () => {
    const { client, settle } = await answered(`${ADMINS}nonsense`, ADMINS)
    expect(await settle(client.fetchAdmins())).toMatchObject({ value: [{ id: 0 }] })
  })

  it.each([
    ['unreadable-row', 'Connected RCon admins:\nnonsense\n', []],
    ['number-twice', `${ADMINS}0 192.0.2.10:50960\n`, [{ id: 0 }, { id: 0 }]],
  ])('that is not whole is never taken for one with fewer: %s', async (problem, reply, rows) => {
    const { client, settle } = await answered(reply)
    const error = { code: 'unexpected-reply', command: 'admins', problem, rows }
    expect(await settle(client.fetchAdmins())).toMatchObject({ error })
  })
})

it('a reply that is not a list is not requested again', async () => {
  const { client, peer, settle } = await answered('nonsense')
  const { error } = (await settle(client.fetchPlayers())) as { error: unknown }
  expect(error).toMatchObject({ code: 'unexpected-reply', problem: undefined, rows: undefined })
  expect(peer.commands).toEqual(['players'])
})
