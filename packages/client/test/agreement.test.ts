import type { JoinOrLeave } from '@bercon/core'
import { VirtualClock } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import { AsyncRconClient } from '../src/async-rcon-client.js'
import { LossyGame } from './lossy-game.js'

const MOVES = 10_000
const PACE_MS = 200
const LINK = { loss: 0.1, minDelayMs: 10, maxDelayMs: 60 }

/** Numbers from 0 up to 1, the same each time. */
function* chances(): Generator<number, never> {
  for (let state = 7; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    yield state / 2 ** 31
  }
}

it('after 10,000 joins and leaves over a link that loses 10 % each way, the cache is the list of the world', async () => {
  const clock = new VirtualClock()
  const game = new LossyGame(clock, LINK)
  const client = new AsyncRconClient({ transport: game.transport, clock })
  const { world } = game
  let messages = 0
  client.listen('message', () => messages++)
  client.listen('disconnect', () => expect.unreachable('the login was lost'))
  const connected = client.connect('192.0.2.1', 2306, 'hunter2')
  await clock.run(5_000)
  await connected

  const changes: JoinOrLeave[] = []
  client.listen('joinOrLeave', (event) => {
    changes.push(event)
  })
  let joins = 0
  const chance = chances()
  for (let move = 0; move < MOVES; move++) {
    const { players } = world
    const isJoin = players.length === 0 || (players.length < 40 && chance.next().value < 0.5)
    // Few names for many players, so that a namesake often takes over a slot.
    if (isJoin) {
      world.join({ name: `Player ${Math.floor(chance.next().value * 60)}` })
      joins++
    } else {
      const leaving = players[Math.floor(chance.next().value * players.length)]?.id ?? 0
      if (chance.next().value < 0.2) world.kick(leaving, 'Admin Kick (afk)')
      else world.leave(leaving)
    }
    game.flush()
    clock.advance(PACE_MS)
  }
  while (game.session.openMessages + game.session.queuedMessages > 0) clock.advance(1_000)
  clock.advance(1_000)

  expect(messages).toBe(game.lines)
  expect(client.statistics.repeated).toBeGreaterThan(1_000)
  expect(world.players.length).toBeGreaterThan(5)
  const seen = client.players.map(({ id, name, guid, isGuidValid }) => ({ id, name, guid, isGuidValid }))
  expect(seen).toEqual(world.players.map(({ id, name, guid }) => ({ id, name, guid, isGuidValid: true })))

  // Each join and each leave once: a player leaves a slot before the next one takes it.
  const inSlots = new Map<number, string>()
  for (const { kind, player } of changes) {
    if (kind === 'join') expect(inSlots.has(player.id)).toBe(false)
    else expect(inSlots.get(player.id)).toBe(player.name)
    if (kind === 'join') inSlots.set(player.id, player.name)
    else inSlots.delete(player.id)
  }
  expect(Object.fromEntries(inSlots)).toEqual(Object.fromEntries(seen.map(({ id, name }) => [id, name])))
  // For a few who joined and left at once the leave was reported first: 8 of 5,017.
  const reportedJoins = changes.filter(({ kind }) => kind === 'join').length
  expect(reportedJoins).toBeLessThanOrEqual(joins)
  expect(reportedJoins).toBeGreaterThan(0.99 * joins)

  const fetched = client.fetchPlayers()
  await clock.run(5_000)
  await fetched
  expect(client.players).toMatchObject(
    world.players.map(({ id, ip, port, ping }) => ({ id, ip, port, ping })),
  )
})
