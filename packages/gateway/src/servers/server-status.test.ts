import { AsyncRconClient } from '@bercon/client'
import { describe, expect, it } from 'vitest'
import { EventFeed } from '../events/event-feed.js'
import { createRole } from '../roles/role.js'
import type { ServerGame } from './game.js'
import { playersKnown, serverStatus } from './server-status.js'

/** A server whose client knows this many players. */
function serverWith(players: number, { isConnected = true, game = 'arma3' as ServerGame } = {}) {
  const client = Object.create(new AsyncRconClient(), {
    players: { value: Array.from({ length: players }) },
    isConnected: { value: () => isConnected },
    state: { value: isConnected ? 'connected' : 'reconnecting' },
    statistics: {
      value: {
        ...new AsyncRconClient().statistics,
        sent: 1,
        resent: 2,
        received: 3,
        repeated: 4,
        malformed: 5,
        logins: 6,
        inFlight: 7,
        queued: 8,
        smoothedRoundTripMs: isConnected ? 9 : undefined,
      },
    },
  }) as AsyncRconClient
  return { name: 'altis', game, client }
}

const roleOf = (commands: readonly string[], events: readonly string[]) =>
  createRole('any', { servers: ['*'], commands, events })

function feedWithLines(): EventFeed {
  const feed = new EventFeed()
  const event = { server: 'altis', at: 5, data: '{}' } as const
  feed.add({ ...event, type: 'playerConnect', line: 'Player #3 Rook (192.0.2.1:2304) connected' })
  feed.add({ ...event, type: 'playerMessage', line: '(Side) Rook: hi' })
  return feed
}

describe('how a server is', () => {
  it('is shown as far as a role may see it', () => {
    const status = serverStatus(serverWith(3), roleOf(['*'], ['*']), feedWithLines())
    expect(status).toEqual({
      name: 'altis',
      game: 'arma3',
      state: 'connected',
      players: 3,
      roundTripMs: 9,
      inFlight: 7,
      queued: 8,
      datagrams: { sent: 1, resent: 2, received: 3, repeated: 4, malformed: 5 },
      logins: 6,
      lastLine: { at: 5, text: '(Side) Rook: hi' },
    })
  })

  it.each([
    [['say'], ['playerConnect'], null, 'Player #3 Rook (192.0.2.1:2304) connected'],
    [['players'], ['gap'], 3, undefined],
  ])('has no players for a role with %j, and no lines beyond %j', (commands, events, players, line) => {
    const status = serverStatus(serverWith(3), roleOf(commands, events), feedWithLines())
    expect([status.players, status.lastLine?.text]).toEqual([players, line])
    if (line === undefined) expect(status.lastLine).toBeNull()
  })

  it('has no time of a round trip before there is one', () => {
    const server = serverWith(0, { isConnected: false })
    expect(serverStatus(server, roleOf(['*'], ['*']), new EventFeed())).toMatchObject({
      state: 'reconnecting',
      roundTripMs: null,
      players: null,
    })
  })

  it.each([
    [2, 'arma3', true, 2],
    [0, 'arma3', true, 0],
    [0, 'dayz', true, 0],
    [2, 'arma3', false, null],
    [0, 'reforger', true, null],
    [0, 'auto', true, null],
    [2, 'auto', true, 2],
    [2, 'reforger', true, 2],
  ] as const)('knows %d players of %s, connected %s, as %s', (players, game, isConnected, known) => {
    expect(playersKnown(serverWith(players, { game, isConnected }))).toBe(known)
  })
})
