import type { Kind, RconClient } from '@bercon/core'
import { expect, it } from 'vitest'
import { NERVOUS } from './scene/flavor.js'
import type { Stage } from './stage.js'

const GUID = 'a'.repeat(32)
const ANN = { name: 'Ann', guid: GUID, ip: '192.0.2.1', port: 2304, slot: 3 }

export function rosterContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  const changes = (client: C) => {
    const received: string[] = []
    client.listen('joinOrLeave', (event) => {
      const kicked = event.kind === 'leave' && event.kicked ? ' (kicked)' : ''
      received.push(`${event.kind} ${event.player.id} ${event.player.name}${kicked} by ${event.seen}`)
    })
    return received
  }

  it.each([
    ['Arma 3, where nothing follows', []],
    ['DayZ, where a disconnected line follows', ['Player #4 Foo disconnected']],
  ])('a kick is one leave, on %s', async (_, following) => {
    const client = await stage.connected()
    const received = changes(client)
    const lines = [
      'Player #4 Foo (192.0.2.7:2304) connected',
      `Player #4 Foo (${GUID}) has been kicked by BattlEye: Admin Kick (afk)`,
      ...following,
      'Player #4 Bar (198.51.100.9:2304) connected',
    ]
    for (const line of lines) await stage.server.emit(line)
    await stage.until(client, () => client.getPlayer(4)?.name === 'Bar')
    expect(received).toEqual(['join 4 Foo by line', 'leave 4 Foo (kicked) by line', 'join 4 Bar by line'])
  })

  it('joinOrLeave starts with the first list, and gap, players and joinOrLeave show a restart', async () => {
    await stage.server.join(ANN)
    const client = stage.newClient({ ...NERVOUS, playersIntervalMs: 60_000 })
    const received = changes(client)
    const gaps = stage.record(client, 'gap')
    const lists = stage.record(client, 'players')
    const connects = stage.record(client, 'connect')
    await stage.connect(client)
    await stage.until(client, () => lists.length > 0)
    expect(lists[0]?.players).toEqual(client.players)
    expect(lists[0]?.players).toMatchObject([{ id: 3, name: 'Ann', guid: GUID }])
    expect(received).toEqual([])
    await stage.server.crash()
    await stage.until(client, () => !client.isConnected())
    const { length: before } = lists
    await stage.server.leave(3)
    await stage.server.join({ name: 'Bob', slot: 5 })
    await stage.server.revive()
    await stage.until(client, () => lists.length > before)
    expect(received).toEqual(['leave 3 Ann by list', 'join 5 Bob by list'])
    // On a busy machine a client that is so nervous may have lost the server earlier, too.
    expect(gaps.length).toBeGreaterThan(0)
    expect(gaps).toMatchObject(connects.slice(1).map(({ at }) => ({ type: 'gap', to: at })))
    for (const { from } of gaps) expect(from).toBeGreaterThanOrEqual(connects[0]?.at ?? Number.NaN)
  })

  it('an incomplete list is requested once more; then it is an error, and a listProblem', async () => {
    const client = await stage.connected()
    const problems = stage.record(client, 'listProblem')
    const text = 'Players on server:\n1   192.0.2.2:2304        31   - Bob\n(2 players in total)'
    await stage.server.answerNext({ text })
    expect(await stage.done(() => client.fetchPlayers())).toEqual([])
    expect(problems).toMatchObject([{ command: 'players', problem: 'wrong-total', rows: [], used: false }])
    await stage.server.answerNext({ text })
    await stage.server.answerNext({ text })
    await expect(stage.done(() => client.fetchPlayers())).rejects.toMatchObject({
      ...{ code: 'unexpected-reply', command: 'players', reply: text, problem: 'wrong-total' },
      rows: [{ id: 1, name: 'Bob' }],
    })
    expect(client.players).toEqual([])
  })
}
