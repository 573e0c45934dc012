import { describe, expect, it } from 'vitest'
import { CONNECTION_BUGS, REMOTE_BUGS } from './connection-bugs.js'
import { shown } from './diagram.js'
import { explore, replayed } from './explorer.js'
import { FLEET_BUGS } from './fleet-bugs.js'
import { brokenPromise, PROMISES } from './promises.js'
import { SESSION_BUGS } from './session-bugs.js'
import { SessionWorld } from './session-world.js'
import { HARSH, type WalkOptions, walk } from './walks.js'
import type { NewWorld, SeededBug } from './world.js'
import {
  CONNECTION_WORLDS,
  FLEET_WORLDS,
  REMOTE_WORLDS,
  SESSION_WORLDS,
  WALKED_CONNECTION,
  WALKED_FLEET,
  WALKED_REMOTE,
  WALKED_SESSION,
} from './worlds.js'

// A bound for a machine that does much else; nothing here waits for a clock.
const ANY_MACHINE = { timeout: 120_000 }

/** Walks as many states of a world; the rest is walked by hand: `pnpm explore`. */
async function keepsPromises<Choice>(newWorld: NewWorld<Choice>, states: number): Promise<void> {
  const found = await explore(newWorld, { depth: 20, states })
  expect(found.counterexample).toBeUndefined()
  expect(found.states).toBe(states)
  expect(found.depth).toBeGreaterThan(1)
}

describe('every schedule of a small world keeps every promise', ANY_MACHINE, () => {
  it.each(Object.entries(SESSION_WORLDS))('of two sessions: %s', (_, world) => keepsPromises(world, 600))
  it.each(Object.entries(CONNECTION_WORLDS))('of a connection: %s', (_, world) => keepsPromises(world, 200))
  it.each(Object.entries(REMOTE_WORLDS))('of a remote connection: %s', (_, world) =>
    keepsPromises(world, 300),
  )
  it.each(Object.entries(FLEET_WORLDS))('of a fleet: %s', (_, world) => keepsPromises(world, 120))

  it('is walked to its end, and the same state once, where nothing is asked for', async () => {
    const limits = { losses: 1, copies: 0, crashes: 0, closes: 1, commands: [], messages: 0 }
    const found = await explore(() => new SessionWorld({ limits }), { depth: 6, states: 10_000 })
    expect(found.isComplete).toBe(true)
    expect(found.again).toBeGreaterThan(0)
  })
})

describe(
  'a random walk with 60 % loss, datagrams that are minutes late and a clock that jumps',
  ANY_MACHINE,
  () => {
    const SHORT: WalkOptions = { ...HARSH, steps: 800 }

    async function walked<Choice extends { readonly do: string }>(newWorld: NewWorld<Choice>, seed: number) {
      const { counterexample, world, longestDelayMs } = await walk(newWorld, seed, SHORT)
      expect(counterexample).toBeUndefined()
      expect(world.ledger.commands.length).toBeGreaterThan(20)
      return longestDelayMs
    }

    it.each([1, 2, 3, 4])('keeps every promise of two sessions, seed %i', async (seed) => {
      expect(await walked(WALKED_SESSION, seed)).toBeGreaterThan(30_000)
    })

    it.each([1, 2, 3, 4])(
      'keeps every promise of a connection that logs in again and again, seed %i',
      async (seed) => {
        expect(await walked(WALKED_CONNECTION, seed)).toBeGreaterThan(30_000)
      },
    )

    it.each([1, 2])('keeps every promise of a remote connection, seed %i', async (seed) => {
      await walked(WALKED_REMOTE, seed)
    })

    it.each([1, 2])('keeps every promise of a fleet, seed %i', async (seed) => {
      await walked(WALKED_FLEET, seed)
    })
  },
)

describe('a bug that is put in', ANY_MACHINE, () => {
  async function isFound<Choice>({ newWorld, breaks }: SeededBug<Choice>): Promise<void> {
    const { counterexample } = await explore(newWorld, { depth: 9, states: 20_000 })
    expect(counterexample?.promise.slice(0, breaks.length)).toBe(breaks)
  }

  it.each(SESSION_BUGS)('into a session is found: $bug', (seeded) => isFound(seeded))
  it.each(CONNECTION_BUGS)('into a connection is found: $bug', (seeded) => isFound(seeded))
  it.each(REMOTE_BUGS)('into a remote connection is found: $bug', (seeded) => isFound(seeded))
  it.each(FLEET_BUGS)('into a fleet is found: $bug', (seeded) => isFound(seeded))

  it('is there for each promise', () => {
    const broken = [...SESSION_BUGS, ...CONNECTION_BUGS, ...REMOTE_BUGS, ...FLEET_BUGS].map(
      ({ breaks }) => breaks,
    )
    for (const { promise } of PROMISES)
      expect(
        broken.some((beginning) => promise.startsWith(beginning)),
        promise,
      ).toBe(true)
    for (const beginning of broken)
      expect(
        PROMISES.some(({ promise }) => promise.startsWith(beginning)),
        beginning,
      ).toBe(true)
  })

  it('is shown as a sequence diagram, and as a test that shows it again', async () => {
    const { newWorld } = SESSION_BUGS.find(({ bug }) => bug.startsWith('a repeated message')) ?? {}
    if (newWorld === undefined) throw new Error('not there')
    const { counterexample } = await explore(newWorld, { depth: 9, states: 20_000 })
    if (counterexample === undefined) throw new Error('not found')
    expect(await shown(newWorld, "SESSION_WORLDS['small']", counterexample)).toMatchInlineSnapshot(`
      "BROKEN: The listener receives each message at most once, and nothing else.
              m0

          0.0 s  client ---> server  login
          0.0 s                            the game says m0
          0.0 s        message 0 m0 is copied
      -- from here on nothing goes wrong --
          0.0 s  client <--- server  login accepted
          0.0 s  the client is logged in
          0.0 s  client <--- server  message 0 m0
          0.0 s  the user receives m0
          0.0 s  client <--- server  message 0 m0
          0.0 s  the user receives m0
          0.0 s  client ---> server  acknowledgment 0
          0.0 s  client ---> server  acknowledgment 0
         15.0 s  client ---> server  command 0 
         15.0 s  client <--- server  response 0 

      it('keeps its promise: The listener receives each message at most once, and nothing else.', async () => {
        const world = await replayed(SESSION_WORLDS['small'], [
          {"do":"deliver","datagram":1},
          {"do":"say"},
          {"do":"copy","datagram":3},
        ])
        await world.finish()
        expect(brokenPromise(world.ledger)).toBeUndefined()
      })"
    `)
    const again = await replayed(newWorld, counterexample.schedule)
    await again.finish()
    expect(brokenPromise(again.ledger)?.promise).toBe(counterexample.promise)
  })

  it('into a fleet is shown with its workers', async () => {
    const [seeded] = FLEET_BUGS
    if (seeded === undefined) throw new Error('not there')
    const { counterexample } = await explore(seeded.newWorld, { depth: 9, states: 20_000 })
    if (counterexample === undefined) throw new Error('not found')
    expect(await shown(seeded.newWorld, 'FLEET_WORLDS["small"]', counterexample)).toMatchInlineSnapshot(`
      "BROKEN: A server of a fleet has one owner at a time, and only the owner executes commands.
              w0 and w1 own altis at once

          3.3 s  w0 owns the server, epoch 1
          3.4 s  the user is logged in
          9.4 s        the network loses what w0 sends and should receive
         13.0 s  w1 owns the server, epoch 2
         13.0 s  the login is lost: forgotten
         13.0 s  the user is logged in
      -- from here on nothing goes wrong --
         15.4 s  w0 owns it no more: lost
         22.0 s  the login is lost: forgotten
         22.0 s  w1 owns it no more: released
         22.0 s  w0 owns the server, epoch 3
         22.0 s  the user is logged in
         27.4 s  the game says last
         27.4 s  the user receives last
         28.9 s  the login is lost: closed

      it('keeps its promise: A server of a fleet has one owner at a time, and only the owner executes commands.', async () => {
        const world = await replayed(FLEET_WORLDS["small"], [
          {"do":"lease"},
          {"do":"cut","worker":0},
          {"do":"lease"},
        ])
        await world.finish()
        expect(brokenPromise(world.ledger)).toBeUndefined()
      })"
    `)
  })
})
