// @ts-nocheck
import { settled } from '@bercon/core/testing'
import { config, map, merge, NEVER, type Observable, switchMap } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SimulatedServer, simulatedServer } from '../test/simulated-server.js'
import { connectRcon } from './connect-rcon.js'
import type { RxRconClient } from './rx-rcon-client.js'

const broken = () => {
  throw new Error('broken')
}

let server: SimulatedServer
let client: RxRconClient
let logOut: () => void
let reported: unknown[]

beforeEach(async () => {
  reported = []
  config.onUnhandledError = (error) => reported.push(error)
  server = await simulatedServer()
  const subscription = connectRcon(server.target).subscribe((session) => {
    client = session
  })
  logOut = () => subscription.unsubscribe()
  await server.clock.run(100)
})

afterEach(async () => {
  logOut()
  await server.simulator.close()
  config.onUnhandledError = null
})

/** RxJS reports through a real timer of 0 ms. */
const allReported = (count: number) => expect.poll(() => reported).toHaveLength(count)

describe('an error of a subscriber', () => {
  it('reaches RxJS, neither the session nor other subscribers, and the subscriber still receives later values', async () => {
    const seen: string[] = []
    const streams: readonly Observable<unknown>[] = [client.messages$, client.chat$, client.players$]
    for (const stream$ of streams) stream$.subscribe(broken)
    client.messages$.subscribe(({ raw }) => seen.push(raw))
    server.simulator.world.emit('(Side) Ann: one')
    server.simulator.world.emit('(Side) Ann: two')
    await server.clock.run(120_000)
    expect(seen).toEqual(['(Side) Ann: one', '(Side) Ann: two'])
    expect(client.isConnected()).toBe(true)
    expect(client.statistics.logins).toBe(1)
    // Each of the two lines in two streams, and the initial list of players.
    await allReported(5)
  })

  it('in connection$ or at a session does not keep the client from reconnecting', async () => {
    const states: string[] = []
    client.connection$.subscribe(broken)
    client.connection$.subscribe(({ state }) => states.push(state))
    const another = connectRcon(server.target).subscribe(broken)
    server.simulator.crash()
    await server.clock.run(60_000)
    server.simulator.revive()
    await server.clock.run(60_000)
    expect(states[0]).toBe('connected')
    expect(states.at(-1)).toBe('connected')
    expect(states).toContain('reconnecting')
    another.unsubscribe()
    logOut()
    expect(states.at(-1)).toBe('closed')
    await allReported(states.length + 1)
  })
})

describe('an error of an operator', () => {
  it('ends its own subscription only', async () => {
    const seen: string[] = []
    const errors: unknown[] = []
    client.chat$.pipe(map(broken)).subscribe({ error: (error) => errors.push(error) })
    client.players$.pipe(switchMap(broken)).subscribe({ error: (error) => errors.push(error) })
    client.chat$.subscribe(({ message }) => seen.push(message))
    for (const said of ['one', 'two']) server.simulator.world.emit(`(Side) Ann: ${said}`)
    await server.clock.run(1_000)
    expect(seen).toEqual(['one', 'two'])
    expect(errors).toHaveLength(2)
    expect(client.dispatch.listenerCount('playerMessage')).toBe(1)
    expect(reported).toEqual([])
  })
})

describe('a subscriber', () => {
  it('may end the session, its own subscription and those of others, while it receives a value', async () => {
    const subscription = merge(client.messages$, client.players$, NEVER).subscribe()
    client.messages$.subscribe(() => {
      subscription.unsubscribe()
      logOut()
    })
    const seen: string[] = []
    client.messages$.subscribe({ next: ({ raw }) => seen.push(raw), complete: () => seen.push('complete') })
    server.simulator.world.emit('one')
    server.simulator.world.emit('two')
    await server.clock.run(1_000)
    await settled()
    expect(seen.at(-1)).toBe('complete')
    expect(server.transport.sockets).toBe(0)
    expect(client.dispatch.listenerCount('unknownMessage')).toBe(0)
  })
})
