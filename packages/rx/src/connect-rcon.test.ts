import { inspect } from 'node:util'
import { settled } from '@bercon/core/testing'
import { filter, firstValueFrom, mergeMap, type Observable, switchMap, take } from 'rxjs'
import { beforeEach, describe, expect, it } from 'vitest'
import { type SimulatedServer, simulatedServer } from '../test/simulated-server.js'
import { connectRcon } from './connect-rcon.js'
import { RxRconClient } from './rx-rcon-client.js'

let server: SimulatedServer

beforeEach(async () => {
  server = await simulatedServer()
})

/** Records what an observable emits, from now on. */
function watch(session$: Observable<RxRconClient>) {
  const clients: RxRconClient[] = []
  const ends: unknown[] = []
  const subscription = session$.subscribe({
    next: (client) => clients.push(client),
    error: (error) => ends.push(error),
    complete: () => ends.push('complete'),
  })
  return { clients, ends, subscription }
}

/** Expects no socket and no timer besides the server's own. */
async function expectNothingLeft() {
  await settled()
  expect(server.transport.sockets).toBe(0)
  await server.simulator.close()
  expect(server.clock.timers).toBe(0)
}

describe('connectRcon', () => {
  it('does not log in until it is subscribed', async () => {
    const session$ = connectRcon(server.target)
    await server.clock.run(1_000)
    expect(server.transport.sockets).toBe(0)
    expect(inspect(session$, { depth: 9 })).not.toContain('hunter2')
  })

  it('logs in with a subscription, emits the client, stays, and logs out when the subscription ends', async () => {
    const { clients, ends, subscription } = watch(connectRcon(server.target))
    await server.clock.run(60_000)
    expect(clients).toHaveLength(1)
    expect(clients[0]?.isConnected()).toBe(true)
    subscription.unsubscribe()
    expect(clients[0]?.state).toBe('closed')
    expect(ends).toEqual([])
    await expectNothingLeft()
  })

  it('has a session for each subscription, for consecutive ones too', async () => {
    const session$ = connectRcon(server.target)
    const [first, second] = [watch(session$), watch(session$)]
    await server.clock.run(100)
    expect(server.transport.sockets).toBe(2)
    first.subscription.unsubscribe()
    second.subscription.unsubscribe()
    const third = watch(session$)
    await server.clock.run(100)
    expect(third.clients[0]?.isConnected()).toBe(true)
    expect(new Set([...first.clients, ...second.clients, ...third.clients]).size).toBe(3)
    third.subscription.unsubscribe()
    await expectNothingLeft()
  })

  it('does not log in if it is unsubscribed before the login', async () => {
    const { clients, subscription } = watch(connectRcon(server.target))
    await settled()
    expect(server.transport.sockets).toBe(1)
    subscription.unsubscribe()
    await server.clock.run(60_000)
    expect(clients).toEqual([])
    await expectNothingLeft()
  })

  it('can be unsubscribed from at each moment of the login', async () => {
    for (let turns = 0; turns < 60; turns++) {
      const { subscription } = watch(connectRcon(server.target))
      for (let turn = 0; turn < turns; turn++) {
        if (turn % 10 === 9) server.clock.advance(0)
        await Promise.resolve()
      }
      subscription.unsubscribe()
      await settled()
      expect(server.transport.sockets).toBe(0)
    }
    await expectNothingLeft()
  })

  it('can be unsubscribed from while the login is emitted', async () => {
    const { host, port, password, transport, clock } = server.target
    const client = new RxRconClient({ transport, clock })
    const { clients, subscription } = watch(client.connect(host, port, password))
    client.events('connect').subscribe(() => subscription.unsubscribe())
    await server.clock.run(1_000)
    expect(clients).toEqual([])
    expect(client.state).toBe('closed')
    await expectNothingLeft()
  })

  it('fails when the password is refused, and can be tried again', async () => {
    const { ends } = watch(connectRcon({ ...server.target, password: 'wrong' }))
    await server.clock.run(1_000)
    expect(ends).toMatchObject([{ code: 'login-refused' }])
    const again = watch(connectRcon(server.target))
    await server.clock.run(1_000)
    expect(again.clients).toHaveLength(1)
    again.subscription.unsubscribe()
    await expectNothingLeft()
  })

  it('fails when the server does not answer', async () => {
    server.simulator.crash()
    const { ends } = watch(connectRcon({ ...server.target, loginTimeoutMs: 3_000 }))
    await server.clock.run(3_000)
    expect(ends).toMatchObject([{ code: 'login-timeout' }])
    await expectNothingLeft()
  })

  it.each([
    ['port', { port: 0 }],
    ['keepAliveMs', { keepAliveMs: -1 }],
    ['onLost', { onLost: 'cry' as 'error' }],
  ])('fails with a bad %s, by name', async (argument, bad) => {
    const { ends } = watch(connectRcon({ ...server.target, ...bad }))
    await settled()
    expect(ends).toMatchObject([{ code: 'invalid-argument', argument }])
    await expectNothingLeft()
  })

  it('completes when the client is closed', async () => {
    const { clients, ends } = watch(connectRcon(server.target))
    await server.clock.run(100)
    clients[0]?.close()
    await settled()
    expect(ends).toEqual(['complete'])
    await expectNothingLeft()
  })

  it('reconnects on its own, and shows it on connection$', async () => {
    const { clients, ends, subscription } = watch(connectRcon({ ...server.target, reconnectJitter: 0 }))
    await server.clock.run(100)
    const seen: unknown[] = []
    clients[0]?.connection$.subscribe((status) => seen.push(status))
    server.simulator.crash()
    await server.clock.run(90_000)
    server.simulator.revive()
    await server.clock.run(90_000)
    expect(seen.slice(0, 4)).toEqual([
      { state: 'connected' },
      { state: 'unresponsive' },
      { state: 'reconnecting', attempt: 1, delayMs: 1_000 },
      { state: 'reconnecting', attempt: 2, delayMs: 2_000 },
    ])
    expect(seen.at(-1)).toEqual({ state: 'connected' })
    expect(ends).toEqual([])
    subscription.unsubscribe()
    await expectNothingLeft()
  })

  it('fails with a lost login if the options say so', async () => {
    const { clients, ends } = watch(connectRcon({ ...server.target, onLost: 'error' }))
    await server.clock.run(100)
    server.simulator.crash()
    await server.clock.run(120_000)
    expect(ends).toMatchObject([{ code: 'session-lost', host: '192.0.2.9', port: 2306 }])
    expect(clients[0]?.state).toBe('closed')
    await expectNothingLeft()
  })

  it('fails when the password is refused at a reconnect', async () => {
    const { ends } = watch(connectRcon(server.target))
    await server.clock.run(100)
    server.simulator.crash()
    server.simulator.server.setPassword('another')
    await server.clock.run(60_000)
    server.simulator.revive()
    await server.clock.run(120_000)
    expect(ends).toMatchObject([{ code: 'login-refused' }])
    await expectNothingLeft()
  })

  it('shares one session if the options say so, and logs in again after the last subscriber has left', async () => {
    const session$ = connectRcon({ ...server.target, share: true })
    const [first, second] = [watch(session$), watch(session$)]
    await server.clock.run(100)
    const late = watch(session$)
    expect(late.clients).toEqual(first.clients)
    expect(second.clients).toEqual(first.clients)
    expect(server.transport.sockets).toBe(1)
    first.subscription.unsubscribe()
    second.subscription.unsubscribe()
    expect(late.clients[0]?.isConnected()).toBe(true)
    late.subscription.unsubscribe()
    expect(late.clients[0]?.state).toBe('closed')
    const next = watch(session$)
    await server.clock.run(100)
    expect(next.clients[0]).not.toBe(first.clients[0])
    next.subscription.unsubscribe()
    await expectNothingLeft()
  })

  it('feeds streams and operations of its server', async () => {
    server.simulator.world.join({ name: 'Ann' })
    const reply$ = connectRcon(server.target).pipe(
      switchMap((client) =>
        client.players$.pipe(
          filter(({ length }) => length > 0),
          mergeMap((players) => client.send(players.join())),
        ),
      ),
      take(1),
    )
    const replied = firstValueFrom(reply$)
    await server.clock.run(1_000)
    expect(await replied).toBeUndefined()
    expect(server.commands).toEqual(['players', 'say -1 Ann'])
    await expectNothingLeft()
  })
})

describe('connect of a client', () => {
  it('can be subscribed to again after a failure, and after the client is closed', async () => {
    const { host, port, password, transport, clock } = server.target
    const client = new RxRconClient({ transport, clock })
    const refused = watch(client.connect(host, port, 'wrong'))
    await server.clock.run(100)
    expect(refused.ends).toMatchObject([{ code: 'login-refused' }])
    const session$ = client.connect(host, port, password)
    const first = watch(session$)
    await server.clock.run(100)
    expect(first.clients).toEqual([client])
    const second = watch(session$)
    await settled()
    expect(second.ends).toMatchObject([{ code: 'already-connected' }])
    expect(client.isConnected()).toBe(true)
    first.subscription.unsubscribe()
    const third = watch(session$)
    await server.clock.run(100)
    expect(third.clients).toEqual([client])
    expect(client.isConnected()).toBe(true)
    third.subscription.unsubscribe()
    await expectNothingLeft()
  })

  it('created again at the moment of the close, is not closed by the end of the previous subscription', async () => {
    const { host, port, password, transport, clock } = server.target
    const client = new RxRconClient({ transport, clock })
    const session$ = client.connect(host, port, password)
    const first = watch(session$)
    await server.clock.run(100)
    client.close()
    const second = watch(session$)
    await server.clock.run(100)
    expect([first.ends, second.ends]).toEqual([['complete'], []])
    expect([second.clients, client.isConnected()]).toEqual([[client], true])
    second.subscription.unsubscribe()
    await expectNothingLeft()
  })

  it('again brings streams to life that were taken before the close', async () => {
    const { host, port, password, transport, clock } = server.target
    const client = new RxRconClient({ transport, clock, playersIntervalMs: 0 })
    const { messages$, connection$ } = client
    const session$ = client.connect(host, port, password)
    const first = watch(session$)
    await server.clock.run(100)
    const heard: string[] = []
    const states: string[] = []
    messages$.subscribe({ next: ({ raw }) => heard.push(raw), complete: () => heard.push('complete') })
    first.subscription.unsubscribe()
    await settled()
    const second = watch(session$)
    await server.clock.run(100)
    messages$.subscribe(({ raw }) => heard.push(raw))
    connection$.subscribe(({ state }) => states.push(state))
    server.simulator.world.emit('one more line')
    await server.clock.run(100)
    expect(heard).toEqual(['complete', 'one more line'])
    second.subscription.unsubscribe()
    expect(states).toEqual(['connected', 'closed'])
    await expectNothingLeft()
  })
})
