import {
  ClientSession,
  type ClientSessionEvent,
  type ClientSessionOptions,
  decodeText,
  encodeText,
} from '@bercon/protocol'
import { Alarm, type Clock } from '@bercon/protocol/driver'
import type { ClientOrder, ClientReport, StartClient } from '../src/client-kit/adapter.js'
import type { PeerAddress, ProbeSocket } from '../src/probe-socket.js'
import type { MemoryNetwork } from './memory-network.js'

/** What becomes of a datagram, seen from the client: itself, another, several, or none. */
export type ClientTwist = (datagram: Uint8Array, client: ClientPeer) => readonly Uint8Array[]

/** What a client does otherwise than it should. */
export interface WrongWays {
  readonly session?: Partial<ClientSessionOptions>
  readonly incoming?: ClientTwist
  readonly outgoing?: ClientTwist
  /** What becomes of a report. */
  readonly reporting?: (report: ClientReport, client: ClientPeer) => readonly ClientReport[]
  /** What becomes of an order; none is one that is not carried out. */
  readonly ordered?: (order: ClientOrder, client: ClientPeer) => readonly ClientOrder[]
  /** Whether a session that ends is followed by another. @default true, unless the password was refused */
  readonly reconnects?: (ended: 'login-refused' | 'login-timed-out' | 'forgotten') => boolean
  /** How long it takes until the next session, in ms. */
  readonly backOffMs?: number
}

/** A client in memory, and a place for what a twist has to remember. */
export interface ClientPeer {
  readonly memory: Map<string, number>
  readonly clock: Clock
  readonly send: (datagram: Uint8Array) => void
  /** Passes the session what a datagram would. */
  readonly receive: (datagram: Uint8Array) => void
  readonly report: (report: ClientReport) => void
}

/** A right client in memory, made of `ClientSession`, with a twist. */
export function memoryClient(network: MemoryNetwork, clock: Clock, ways: WrongWays = {}): StartClient {
  return (onReport) => {
    const report = (each: ClientReport) => {
      for (const changed of ways.reporting?.(each, peer) ?? [each]) onReport(changed)
    }
    const peer: ClientPeer = {
      memory: new Map(),
      clock,
      send: (datagram) => socket?.send(datagram, server as PeerAddress),
      receive: (datagram) => take(datagram),
      report: onReport,
    }
    const waiting: Extract<ClientOrder, { do: 'command' }>[] = []
    const ids = new Map<number, number>()
    let password = ''
    let session = new ClientSession(ways.session)
    let state: 'idle' | 'open' | 'closed' = 'idle'
    let everLoggedIn = false
    let socket: ProbeSocket | undefined
    let server: PeerAddress | undefined
    const alarm = new Alarm(clock, () => {
      session.handleTimeout(clock.now())
      drain()
    })

    function take(datagram: Uint8Array): void {
      session.receive(datagram, clock.now())
      drain()
    }

    function login(): void {
      socket?.close()
      session = new ClientSession(ways.session)
      ids.clear()
      socket = network.open((datagram) => {
        for (const each of ways.incoming?.(datagram, peer) ?? [datagram]) take(each)
      })
      session.login(encodeText(password), clock.now())
      drain()
    }

    function command({ id, text, resend }: Extract<ClientOrder, { do: 'command' }>): void {
      ids.set(session.sendCommand(encodeText(text), { resend }, clock.now()), id)
      drain()
    }

    function drain(): void {
      const events = session.takeEvents()
      for (const datagram of session.takeDatagrams())
        for (const each of ways.outgoing?.(datagram, peer) ?? [datagram]) peer.send(each)
      for (const event of events) tell(event)
      alarm.set(session.nextTimeout() ?? Number.POSITIVE_INFINITY)
    }

    function tell(event: ClientSessionEvent): void {
      switch (event.type) {
        case 'logged-in':
          if (!everLoggedIn) report({ report: 'logged-in' })
          everLoggedIn = true
          for (const each of waiting.splice(0)) command(each)
          break
        case 'message':
          report({ report: 'message', text: decodeText(event.bytes) })
          break
        case 'reply':
        case 'failure':
          settle(event)
          break
        case 'login-refused':
        case 'login-timed-out':
        case 'forgotten':
          end(event.type)
      }
    }

    function settle(event: Extract<ClientSessionEvent, { type: 'reply' | 'failure' }>): void {
      const id = ids.get(event.id)
      if (id === undefined) return
      if (event.type === 'reply') report({ report: 'reply', id, text: decodeText(event.bytes) })
      else report({ report: 'failure', id, reason: event.reason })
    }

    function end(why: 'login-refused' | 'login-timed-out' | 'forgotten'): void {
      if (why !== 'forgotten' && !everLoggedIn) report({ report: 'login-failed', reason: why })
      const again = (ways.reconnects ?? ((ended) => ended !== 'login-refused' && everLoggedIn))(why)
      if (again && state === 'open')
        clock.setTimer(() => state === 'open' && login(), ways.backOffMs ?? 1_000)
    }

    function obey(order: ClientOrder): void {
      if (order.do === 'login') {
        state = 'open'
        server = { address: order.host, port: order.port }
        password = order.password
        login()
      } else if (order.do === 'command') {
        if (everLoggedIn && session.state === 'logged-in') command(order)
        else waiting.push(order)
      } else {
        state = 'closed'
        session.close(clock.now())
        drain()
        alarm.clear()
        socket?.close()
        for (const { id } of waiting.splice(0)) report({ report: 'failure', id, reason: 'closed' })
        report({ report: 'closed' })
      }
    }

    return {
      send: (order) => void clock.setTimer(() => (ways.ordered?.(order, peer) ?? [order]).forEach(obey), 1),
      end: () => {
        state = 'closed'
        alarm.clear()
        socket?.close()
      },
    }
  }
}
