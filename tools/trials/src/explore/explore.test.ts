import { describe, expect, it } from 'vitest'
import { runConnectionTrial } from './connection-world.js'
import { shown } from './diagram.js'
import { explore, replayed } from './explorer.js'
import { brokenPromise, PROMISES } from './promises.js'
import { SEEDED_BUGS } from './seeded-bugs.js'
import { SessionWorld } from './session-world.js'
import { walk } from './walks.js'
import { newWorld, WALKED, WORLDS } from './worlds.js'

describe('every schedule of a small world', () => {
  // The rest is walked by hand: `pnpm explore`.
  it.each(Object.entries(WORLDS))('keeps every promise: %s', (_name, limits) => {
    const found = explore(() => newWorld(limits), { depth: 20, states: 600 })
    expect(found.counterexample).toBeUndefined()
    expect(found.states).toBe(600)
    expect(found.depth).toBeGreaterThan(2)
  })

  it('is walked to its end, and the same state once, where nothing is asked for', () => {
    const limits = { losses: 1, copies: 0, crashes: 0, closes: 1, commands: [], messages: 0 }
    const found = explore(() => newWorld(limits), { depth: 6, states: 10_000 })
    expect(found.isComplete).toBe(true)
    expect(found.again).toBeGreaterThan(0)
  })
})

describe('a random walk', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'with 60 % loss and a clock that jumps keeps every promise: seed %i',
    (seed) => {
      const options = { steps: 1_000, loss: 0.6, jumps: 0.1, jumpMs: 60_000 }
      expect(walk(() => new SessionWorld(WALKED), seed, options)).toBeUndefined()
    },
  )
})

describe('a connection over many logins', () => {
  it.each([1, 2, 3, 4])(
    'keeps every promise of seed %i, while the server restarts and 40 of 100 are lost',
    async (seed) => {
      const ledger = await runConnectionTrial({ seed, steps: 600, loss: 0.4, crashes: 0.01 })
      expect(brokenPromise(ledger)).toBeUndefined()
      expect(ledger.commands.length).toBeGreaterThan(20)
      expect(ledger.client.state).toBe('logged-in')
    },
  )
})

describe('a bug that is put in', () => {
  const limits = { losses: 1, copies: 1, crashes: 0, closes: 0, commands: [true, false], messages: 1 }

  it.each(SEEDED_BUGS)('is found: $bug', ({ newClient, breaks }) => {
    const { counterexample } = explore(() => new SessionWorld({ limits, newClient }), {
      depth: 9,
      states: 20_000,
    })
    expect(counterexample?.promise.slice(0, breaks.length)).toBe(breaks)
  })

  it('is there for each promise', () => {
    expect(
      PROMISES.map(({ promise }) => SEEDED_BUGS.find(({ breaks }) => promise.startsWith(breaks))?.breaks),
    ).toEqual(SEEDED_BUGS.map(({ breaks }) => breaks))
  })

  it('is shown as a sequence diagram, and as a test that shows it again', () => {
    const { newClient } = SEEDED_BUGS.find(({ bug }) =>
      bug.startsWith('a repeated message'),
    ) as (typeof SEEDED_BUGS)[0]
    const world = () => new SessionWorld({ limits, newClient })
    const { counterexample } = explore(world, { depth: 9, states: 20_000 })
    if (counterexample === undefined) throw new Error('not found')
    expect(shown(world, 'small', counterexample)).toMatchInlineSnapshot(`
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

      it('keeps its promise: The listener receives each message at most once, and nothing else.', () => {
        const world = replayed(() => newWorld(WORLDS["small"]), [
          {"do":"deliver","datagram":1},
          {"do":"say"},
          {"do":"copy","datagram":3},
        ])
        world.finish()
        expect(brokenPromise(world.ledger)).toBeUndefined()
      })"
    `)
    const again = replayed(world, counterexample.schedule)
    again.finish()
    expect(brokenPromise(again.ledger)?.promise).toBe(counterexample.promise)
  })
})
