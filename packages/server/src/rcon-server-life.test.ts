import { setImmediate as nextTurn } from 'node:timers/promises'
import { inspect } from 'node:util'
import { encodeClientPacket, encodeText } from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import { describe, expect, it } from 'vitest'
import { MemoryNetwork } from './memory-network.js'
import { RconServer } from './rcon-server.js'
import type { RconServerEvent } from './server-event.js'
import type { RconServerOptions } from './server-options.js'

const LOGIN = Buffer.from('4245cd3b6d15ff0068756e74657232', 'hex')
const KEEP_ALIVE = Buffer.from('4245bedcc258ff0100', 'hex')
const PLAYERS = Buffer.from('42451f31df88ff01ff706c6179657273', 'hex')

async function start(options: Partial<RconServerOptions> = {}) {
  const clock = new VirtualClock()
  const events: RconServerEvent[] = []
  const sent: Uint8Array[] = []
  const network = new MemoryNetwork((datagram) => sent.push(datagram))
  const server = new RconServer({
    password: 'hunter2',
    announceLogins: false,
    onCommand: () => '',
    onEvent: (event) => events.push(event),
    clock,
    openSocket: network.openSocket,
    ...options,
  })
  await server.listen()
  const deliver = (datagram: Uint8Array, port: number) =>
    network.deliver(datagram, { address: '192.0.2.1', port })
  return { clock, events, network, server, deliver, takeSent: () => sent.splice(0) }
}

describe('the life of a peer', () => {
  it('forgets a peer that never acknowledges or falls silent, and reports why (P7, P9)', async () => {
    const { clock, server, deliver, events } = await start()
    deliver(LOGIN, 1)
    deliver(LOGIN, 2)
    const [deaf, silent] = server.peers
    if (deaf === undefined || silent === undefined) throw new Error('nobody is logged in')
    server.send(deaf, 'hello')
    clock.advance(10_000)
    clock.advance(34_999)
    expect(server.peers).toEqual([silent])
    clock.advance(1)
    expect(events.slice(2)).toEqual([
      { type: 'forgotten', peer: deaf, reason: 'unacknowledged' },
      { type: 'forgotten', peer: silent, reason: 'silent' },
    ])
    deliver(PLAYERS, 2)
    expect(events.at(-1)).toMatchObject({ type: 'ignored', reason: 'not-logged-in' })
    expect(clock.timers).toBe(0)
  })

  it('reports how many messages a peer with a full queue has lost', async () => {
    const { server, deliver, events } = await start({ maxQueuedMessages: 10 })
    deliver(LOGIN, 1)
    const taken = Array.from({ length: 80 }, (_, number) => server.broadcast(`line ${number}`))
    expect(taken.filter((count) => count === 1)).toHaveLength(75)
    expect(events.slice(1)).toEqual(
      [1, 2, 3, 4, 5].map((count) => ({ type: 'messageDropped', peer: server.peers[0], count })),
    )
  })
})

describe('the life of a server', () => {
  it('can be closed at any time and repeatedly, and emits nothing afterwards', async () => {
    const { server, deliver, takeSent, events, clock } = await start({
      onCommand: async () => {
        await nextTurn()
        return 'late'
      },
    })
    deliver(LOGIN, 1)
    server.broadcast('hello')
    deliver(PLAYERS, 1)
    takeSent()
    await Promise.all([server.close(), server.close()])
    await server.close()
    await nextTurn()
    await nextTurn()
    expect(takeSent()).toEqual([])
    expect(server.peers).toEqual([])
    expect(server.state).toBe('closed')
    expect(events.at(-1)).toMatchObject({ type: 'forgotten', reason: 'closed' })
    expect(clock.timers).toBe(0)
    await expect(server.listen()).rejects.toMatchObject({ code: 'closed' })
  })

  it('closes a socket that was being opened', async () => {
    const calls: string[] = []
    const server = new RconServer({
      password: 'hunter2',
      announceLogins: false,
      onCommand: () => '',
      openSocket: async (address, port) => {
        await nextTurn()
        calls.push('opened')
        return {
          address: { address, port, family: 'IPv4' },
          send: () => {},
          close: async () => {
            calls.push('closed')
          },
        }
      },
    })
    const listening = server.listen()
    const closing = server.close()
    await expect(listening).rejects.toMatchObject({ code: 'closed' })
    await closing
    expect(calls).toEqual(['opened', 'closed'])
  })

  it('listens once, and can try again after a failure', async () => {
    const { server } = await start()
    await expect(server.listen()).rejects.toMatchObject({ code: 'already-connected' })
    const network = new MemoryNetwork(() => {})
    let attempts = 0
    const unlucky = new RconServer({
      password: 'hunter2',
      announceLogins: false,
      onCommand: () => '',
      openSocket: (...args) =>
        attempts++ === 0 ? Promise.reject(new Error('EADDRINUSE')) : network.openSocket(...args),
    })
    expect(() => unlucky.pause()).toThrow(expect.objectContaining({ code: 'not-connected' }))
    await expect(unlucky.listen({ port: 2306 })).rejects.toMatchObject({
      code: 'server-failure',
      message: 'Cannot listen at 127.0.0.1, port 2306: EADDRINUSE; use another address or port',
      cause: { message: 'EADDRINUSE' },
    })
    await expect(unlucky.listen({ port: 2306 })).resolves.toMatchObject({ port: 2306 })
  })

  it('neither receives nor sends while it is paused', async () => {
    const { server, deliver, takeSent } = await start()
    deliver(LOGIN, 1)
    takeSent()
    server.pause()
    expect(server.state).toBe('paused')
    deliver(KEEP_ALIVE, 1)
    deliver(LOGIN, 2)
    server.broadcast('unheard')
    expect(takeSent()).toEqual([])
    server.resume()
    deliver(KEEP_ALIVE, 1)
    expect(takeSent()).toHaveLength(1)
  })

  it('reports an error of its socket and continues', async () => {
    const { network, deliver, takeSent, events } = await start()
    const error = Object.assign(new Error('send EMSGSIZE'), { code: 'EMSGSIZE' })
    network.fail(error)
    deliver(LOGIN, 1)
    expect(events[0]).toEqual({ type: 'error', error })
    expect(takeSent()).toHaveLength(1)
  })

  it('survives a listener that throws, even at its own error', async () => {
    const emitted: string[] = []
    const { deliver, takeSent } = await start({
      onEvent: ({ type }) => {
        emitted.push(type)
        throw new Error('listener')
      },
    })
    deliver(LOGIN, 1)
    expect(takeSent()).toHaveLength(1)
    expect(emitted).toEqual(['login', 'error'])
  })

  it('passes its own failure to a listener whose promise rejects', async () => {
    const emitted: RconServerEvent[] = []
    const error = new Error('listener')
    const { deliver, takeSent } = await start({
      onEvent: async (event) => {
        emitted.push(event)
        throw error
      },
    })
    deliver(LOGIN, 1)
    await nextTurn()
    expect(takeSent()).toHaveLength(1)
    expect(emitted).toMatchObject([{ type: 'login' }, { type: 'error', error }])
  })

  it('seats nobody if it was closed at the end of the replaced peer', async () => {
    const { server, deliver, takeSent, clock } = await start({
      onEvent: (event) => {
        if (event.type === 'forgotten' && event.reason === 'replaced') void server.close()
      },
    })
    deliver(LOGIN, 1)
    takeSent()
    server.setPassword('hunter3')
    deliver(encodeClientPacket({ type: 'login', bytes: encodeText('hunter3') }), 1)
    expect(server.state).toBe('closed')
    expect(server.peers).toEqual([])
    expect(takeSent()).toEqual([])
    expect(clock.timers).toBe(0)
  })

  it('accepts nobody while it forgets all peers', async () => {
    const { server, deliver, takeSent, clock } = await start({
      onEvent: (event) => {
        if (event.type === 'forgotten') deliver(LOGIN, 2)
      },
    })
    deliver(LOGIN, 1)
    takeSent()
    await server.close()
    expect(server.peers).toEqual([])
    expect(takeSent()).toEqual([])
    expect(clock.timers).toBe(0)
  })

  it('refuses a message that does not fit a datagram, with or without peers', async () => {
    const { server, deliver } = await start()
    const refusal = expect.objectContaining({ code: 'invalid-argument', argument: 'message' })
    const stranger = { id: 9, adminId: 9, address: '192.0.2.1', port: 9 }
    const check = () => {
      for (const message of ['x'.repeat(70_000), new Uint8Array(65_499), 5 as never]) {
        expect(() => server.broadcast(message)).toThrow(refusal)
        expect(() => server.send(server.peers[0] ?? stranger, message)).toThrow(refusal)
      }
      expect(server.broadcast(new Uint8Array(65_498))).toBe(server.peers.length)
    }
    check()
    deliver(LOGIN, 1)
    check()
  })

  it('never shows the password', async () => {
    const { server, deliver } = await start()
    deliver(LOGIN, 1)
    const shown = [inspect(server, { depth: 9, showHidden: true }), JSON.stringify(server), String(server)]
    expect(shown.join()).not.toContain('hunter2')
    expect(() => server.setPassword('hunter2\0')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    )
  })
})
