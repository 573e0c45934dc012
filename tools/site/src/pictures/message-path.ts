import { AsyncRconClient } from '@bercon/client'
import { type ClientCache, EventDispatcher, RconClientCache, type RconEvents } from '@bercon/core'
import { battleye, type Dialect, ServerConnection, type Session, type Transport } from '@bercon/core/kit'
import { type MemoryPeer, MemoryTransport } from '@bercon/core/testing'
import { decodeClientPacket, decodeServerPacket, encodeText, ServerSession } from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import type { Step } from './sequence-diagram.js'

export const MESSAGE_PATH: readonly string[] = [
  'server',
  'transport',
  'ClientSession',
  'ServerConnection',
  'RconClient',
  'RconClientCache',
  'your listener',
]

const SERVER = '192.0.2.7'

/**
 * The way of a message from the server through a client, recorded by a real client with wrapped parts when a player
 * connects.
 */
export async function messagePath(): Promise<readonly Step[]> {
  const steps: Step[] = []
  const record = (from: string, to: string, label: string) => steps.push({ from, to, label })
  const clock = new VirtualClock()
  const server = new ServerSession(encodeText('hunter2'))
  let deliver: (datagram: Uint8Array) => void = () => {}
  const flush = () => {
    for (const datagram of server.takeDatagrams()) deliver(datagram)
  }
  const peer: MemoryPeer = {
    onDatagram(datagram, from) {
      deliver = from.deliver
      server.receive(datagram, clock.now())
      flush()
    },
  }
  const transport = recordedTransport(new MemoryTransport(clock, new Map([[SERVER, peer]])), record)
  const connection = new ServerConnection(
    { transport, clock, dialect: recordedDialect(record) },
    { playersIntervalMs: 0 },
  )
  connection.subscribe(({ type }) => record('ServerConnection', 'RconClient', `event: ${type}`))
  const dispatch = new EventDispatcher<RconEvents<'promise'>>()
  const client = new AsyncRconClient({ connection, dispatch, cache: toldCache(record) })
  for (const name of ['message', 'playerConnect'] as const)
    client.listen(name, ({ type }) => record('RconClient', 'your listener', type))

  const connected = client.connect(SERVER, 2306, 'hunter2')
  await clock.run(100)
  await connected
  steps.length = 0
  server.sendMessage(encodeText('Player #3 Ann (192.0.2.9:2304) connected'), clock.now())
  flush()
  await clock.run(100)
  const path = [...steps]
  await client.close()
  return path
}

type Recorder = (from: string, to: string, label: string) => void

/** The transport, with each datagram recorded. */
function recordedTransport(transport: Transport, record: Recorder): Transport {
  return {
    resolve: (host, signal) => transport.resolve(host, signal),
    async open(address, port, receiver) {
      const onDatagram = (datagram: Uint8Array) => {
        record('server', 'transport', decodeServerPacket(datagram).type)
        receiver.onDatagram(datagram)
      }
      const socket = await transport.open(address, port, { ...receiver, onDatagram })
      const send = (datagram: Uint8Array) => {
        record('transport', 'server', decodeClientPacket(datagram).type)
        socket.send(datagram)
      }
      return { send, close: () => socket.close() }
    },
  }
}

/** BattlEye's sessions, with their input and output recorded. */
function recordedDialect(record: Recorder): Dialect {
  return { ...battleye, createSession: (options) => toldSession(battleye.createSession(options), record) }
}

function toldSession(session: Session, record: Recorder): Session {
  const { receive, takeDatagrams, takeEvents } = session
  return Object.assign(session, {
    receive(datagram: Uint8Array, now: number) {
      record('transport', 'ClientSession', 'receive()')
      receive.call(session, datagram, now)
    },
    takeDatagrams() {
      const datagrams = takeDatagrams.call(session)
      if (datagrams.length > 0) record('ClientSession', 'transport', 'takeDatagrams()')
      return datagrams
    },
    takeEvents() {
      const events = takeEvents.call(session)
      if (events.length > 0) record('ClientSession', 'ServerConnection', 'takeEvents()')
      return events
    },
  })
}

function toldCache(record: Recorder): ClientCache {
  const cache = new RconClientCache()
  const { receiveMessage } = cache
  return Object.assign(cache, {
    receiveMessage(...args: Parameters<ClientCache['receiveMessage']>) {
      record('RconClient', 'RconClientCache', 'receiveMessage()')
      return receiveMessage.apply(cache, args)
    },
  })
}
