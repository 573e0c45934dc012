import { ServerConnection } from '@bercon/core/kit'
import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { type ClientMessage, type HostMessage, hostMessages } from '@bercon/remote/wire'
import { MemoryNetwork, RconServer } from '@bercon/server'
import { afterEach, describe, expect, it } from 'vitest'
import { AT_ONCE, EVENTS, type Said } from '../call.js'
import { ThreadCarrier } from './thread-carrier.js'

const TARGET = { host: '192.0.2.2', port: 2306, password: 'hunter2' }
const HELLO: ClientMessage = { type: 'hello', version: 1 }
const POLL = EVENTS | AT_ONCE
const clock = new VirtualClock()
let server: RconServer | undefined

afterEach(() => server?.close())

/** A worker's side and a server in virtual time; `ask` returns what the caller would receive. */
async function scene(maxQueuedEvents: number) {
  const senders = new Map<number, (datagram: Uint8Array) => void>()
  const network = new MemoryNetwork((datagram, to) => senders.get(to.port)?.(datagram))
  server = new RconServer({
    password: TARGET.password,
    announceLogins: false,
    onCommand: (text) => text,
    clock,
    openSocket: network.openSocket,
  })
  await server.listen()
  const peer = {
    onDatagram: (
      datagram: Uint8Array,
      from: { port: number; address: string; deliver(d: Uint8Array): void },
    ) => {
      senders.set(from.port, (answer) => from.deliver(answer))
      network.deliver(datagram, from)
    },
  }
  const transport = new MemoryTransport(clock, new Map([[TARGET.host, peer]]))
  const posts: Said[] = []
  let demand = 0
  const carrier = new ThreadCarrier(
    (said) => posts.push(structuredClone(said)),
    () => demand,
  )
  const connection = new ServerConnection({ transport, clock }, { playersIntervalMs: 0 })
  const infinity = Number.POSITIVE_INFINITY
  const limits = { maxQueuedEvents, silenceMs: infinity, statisticsIntervalMs: infinity }
  const hosted = hostMessages(connection, carrier, { control: true, clock, limits })
  const ask = async (
    wanted: number,
    messages: readonly ClientMessage[],
    ms = 100,
  ): Promise<readonly HostMessage[]> => {
    posts.length = 0
    demand = wanted
    carrier.receive([7, ...messages])
    await clock.run(ms)
    demand = 0
    return posts.flatMap(([, ...said]) => said)
  }
  await ask(EVENTS, [HELLO, { type: 'open', id: 1, target: TARGET }])
  return { server, hosted, ask, posts, broadcast: (line: string) => server?.broadcast(line) }
}

function texts(messages: readonly HostMessage[]): readonly string[] {
  return messages.flatMap((message) =>
    message.type === 'event' && message.event.type === 'message' ? [message.event.text] : [],
  )
}

const types = (messages: readonly HostMessage[]) => messages.map(({ type }) => type)

describe('ThreadCarrier', () => {
  it('posts nothing while the caller is busy, and keeps the login and every message for five minutes', async () => {
    const { server, ask, posts, broadcast } = await scene(10_000)
    posts.length = 0
    for (let second = 0; second < 300; second++) {
      for (let line = 0; line < 10; line++) broadcast(`line ${second}.${line}`)
      await clock.run(1_000)
    }
    expect([posts, server.peers.length]).toEqual([[], 1])
    expect(texts(await ask(POLL, []))).toHaveLength(3_000)
    const [state] = await ask(AT_ONCE, [HELLO])
    expect(state).toMatchObject({ state: 'connected', statistics: { acknowledged: 3_000, logins: 1 } })
  })

  it('keeps the newest messages, and says how many of the older ones are gone', async () => {
    const { ask, broadcast } = await scene(10)
    await ask(POLL, [])
    for (let line = 0; line < 25; line++) broadcast(`line ${line}`)
    await clock.run(1_000)
    const said = await ask(POLL, [])
    expect(said[0]).toMatchObject({ type: 'event', event: { type: 'eventsDropped', count: 15 } })
    expect(texts(said)).toEqual(Array.from({ length: 10 }, (_, line) => `line ${line + 15}`))
  })

  it('posts an answer once, after the events that the caller wants', async () => {
    const { ask, posts, broadcast } = await scene(10)
    await ask(POLL, [])
    broadcast('early')
    await clock.run(100)
    const exchange = { type: 'exchange', text: 'version', resend: true, timeoutMs: 1_000 } as const
    expect(types(await ask(0, [{ ...exchange, id: 2 }]))).toEqual(['answer'])
    const said = await ask(EVENTS, [{ ...exchange, id: 3 }])
    expect([types(said), texts(said)]).toEqual([['event', 'event', 'event', 'answer'], ['early']])
    expect(posts).toHaveLength(1)
  })

  it('sends the mark back at once to a caller that polls, and then each event as it comes', async () => {
    const { ask, posts, broadcast } = await scene(10)
    await ask(POLL, [])
    const polled = ask(POLL, [], 5_000)
    expect(posts).toEqual([[7]])
    broadcast('hello')
    expect(texts(await polled)).toEqual(['hello'])
  })

  it('posts errors as data', async () => {
    const { ask } = await scene(10)
    const error = { code: 'already-connected', facts: { host: TARGET.host, port: TARGET.port } }
    const said = await ask(EVENTS, [{ type: 'open', id: 2, target: TARGET }])
    expect(said.at(-1)).toMatchObject({ type: 'answer', id: 2, error })
  })

  it('posts what the close leads to, and last that it is done', async () => {
    const { ask, hosted } = await scene(10)
    await ask(POLL, [])
    const said = await ask(EVENTS, [{ type: 'close' }])
    expect(said).toMatchObject([
      { type: 'state', state: 'closed', statistics: { logins: 1 } },
      { type: 'event', event: { type: 'disconnect', reason: 'closed' } },
      { type: 'close' },
    ])
    await expect(hosted.ended).resolves.toBeUndefined()
  })
})
