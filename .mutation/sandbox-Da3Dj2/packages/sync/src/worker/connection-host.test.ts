// @ts-nocheck
import type { ConnectionEvent } from '@bercon/core'
import { ServerConnection } from '@bercon/core/kit'
import { MemoryTransport, settled, VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork, RconServer } from '@bercon/server'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answer, Call } from '../call.js'
import { ConnectionHost } from './connection-host.js'
import { EventQueue } from './event-queue.js'

const TARGET = { host: '192.0.2.2', port: 2302, password: 'hunter2' }
const clock = new VirtualClock()
let server: RconServer | undefined

afterEach(() => server?.close())

/** A worker's side and a server in virtual time; `ask` returns what the caller would receive. */
async function scene(maxEvents: number) {
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
  const transport = new MemoryTransport(
    clock,
    new Map([
      [
        TARGET.host,
        {
          onDatagram: (datagram, from) => {
            senders.set(from.port, from.deliver)
            network.deliver(datagram, from)
          },
        },
      ],
    ]),
  )
  const answers: Answer[] = []
  const connection = new ServerConnection({ transport, clock }, { playersIntervalMs: 0 })
  const host = new ConnectionHost(connection, clock, new EventQueue(maxEvents), (answer) =>
    answers.push(answer),
  )
  const ask = async (call: Call, ms = 100, takesEvents = true) => {
    const id = answers.length + 1
    void host.handle({ ...call, id, takesEvents })
    await clock.run(ms)
    const answer = answers.find((each) => each.id === id)
    expect(structuredClone(answer)).toEqual(answer)
    return answer
  }
  expect(await ask({ type: 'open', target: TARGET })).toMatchObject({ reply: '', state: 'connected' })
  return { server, ask }
}

function texts(events: readonly ConnectionEvent[] = []): readonly string[] {
  return events.flatMap((event) => (event.type === 'message' ? [event.text] : []))
}

describe('ConnectionHost', () => {
  it('keeps the login and every message while the caller is busy for five minutes', async () => {
    const { server, ask } = await scene(10_000)
    for (let second = 0; second < 300; second++) {
      for (let line = 0; line < 10; line++) server.broadcast(`line ${second}.${line}`)
      await clock.run(1_000)
    }
    expect(server.peers).toHaveLength(1)
    const answer = await ask({ type: 'poll', waitMs: 0 })
    expect(texts(answer?.events)).toHaveLength(3_000)
    expect(answer).toMatchObject({ state: 'connected', lostEvents: 0 })
    const { statistics } = (await ask({ type: 'look' })) ?? {}
    expect(statistics).toMatchObject({ acknowledged: 3_000, logins: 1 })
  })

  it('acknowledges messages beyond the limit, and counts them', async () => {
    const { server, ask } = await scene(10)
    await ask({ type: 'poll', waitMs: 0 })
    for (let line = 0; line < 25; line++) server.broadcast(`line ${line}`)
    await clock.run(1_000)
    const answer = await ask({ type: 'poll', waitMs: 0 })
    expect(texts(answer?.events)).toEqual(Array.from({ length: 10 }, (_, line) => `line ${line + 15}`))
    expect(answer?.lostEvents).toBe(15)
    expect((await ask({ type: 'look' }))?.statistics).toMatchObject({ acknowledged: 25 })
  })

  it('answers with replies, and with the events if the call requests them', async () => {
    const { ask } = await scene(10)
    await ask({ type: 'poll', waitMs: 0 })
    const call: Call = { type: 'exchange', text: 'version', resend: true, timeoutMs: 1_000 }
    expect(await ask(call, 100, false)).toMatchObject({ reply: 'version', events: [] })
    expect((await ask(call))?.events).toMatchObject([
      { type: 'command', text: 'version' },
      { type: 'command', text: 'version' },
    ])
  })

  it('answers with errors as data', async () => {
    const { ask } = await scene(10)
    const error = { code: 'already-connected', facts: { host: TARGET.host, port: TARGET.port } }
    expect(await ask({ type: 'open', target: TARGET })).toMatchObject({ error, state: 'connected' })
  })

  it('answers a poll when an event arrives, or after its time', async () => {
    const { server, ask } = await scene(10)
    await ask({ type: 'poll', waitMs: 0 })
    expect(await ask({ type: 'poll', waitMs: 5_000 }, 4_999)).toBeUndefined()
    await clock.run(1)
    expect((await ask({ type: 'poll', waitMs: 0 }))?.events).toEqual([])
    const poll = ask({ type: 'poll', waitMs: 5_000 }, 10)
    server.broadcast('hello')
    expect(texts((await poll)?.events)).toEqual(['hello'])
  })

  it('reports that it has ended with the close', async () => {
    const { ask } = await scene(10)
    const answer = await ask({ type: 'close' })
    expect(answer).toMatchObject({ state: 'closed', ended: { reason: undefined }, statistics: { logins: 1 } })
    expect(answer?.events.at(-1)).toMatchObject({ type: 'disconnect', reason: 'closed' })
    await settled()
  })
})
