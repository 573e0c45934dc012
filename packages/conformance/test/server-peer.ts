import {
  decodeText,
  encodeText,
  ServerSession,
  type ServerSessionEvent,
  type ServerSessionOptions,
} from '@bercon/protocol'
import { Alarm, type Clock } from '@bercon/protocol/driver'
import type { PeerAddress, ProbeSocket } from '../src/probe-socket.js'
import type { MemoryNetwork } from './memory-network.js'

export const SERVER_PASSWORD = 'hunter2'

/** What becomes of a datagram: itself, another, several, or none. */
export type Twist = (datagram: Uint8Array, peer: ServerPeer) => readonly Uint8Array[]

/** What a server does otherwise than it should. */
export interface ServerTwist {
  readonly session?: Partial<ServerSessionOptions>
  /** What becomes of a datagram that comes in, before the session sees it. */
  readonly incoming?: Twist
  /** What becomes of a datagram that the session sends. */
  readonly outgoing?: Twist
  /** What a command is answered with; `undefined` is no answer. */
  readonly answer?: (text: string) => string | undefined
  /** Whether a login is announced, and how. */
  readonly announce?: (to: ServerPeer) => string | undefined
  /** The port that answers seem to come from. */
  readonly pretendedPort?: number
}

/** One peer of a server in memory, and a place for what a twist has to remember. */
export interface ServerPeer {
  readonly port: number
  readonly memory: Map<string, number>
  /** The same of all peers. */
  readonly shared: Map<string, number>
  readonly send: (datagram: Uint8Array) => void
  readonly now: () => number
}

interface Seat extends ServerPeer {
  readonly session: ServerSession
  readonly alarm: Alarm
}

const LONG_LIST = Array.from(
  { length: 60 },
  (_, index) => `${index}   a long line of a list with a name in it ✓`,
).join('\n')

export function usualAnswer(text: string): string {
  if (text === '' || text.startsWith('say')) return ''
  if (text === 'version') return '1.2'
  return ['players', 'bans', 'admins', 'missions'].includes(text) ? LONG_LIST : 'Unknown command'
}

/** A right server in memory, made of `ServerSession`, with a twist. */
export function openServer(network: MemoryNetwork, clock: Clock, twist: ServerTwist = {}): PeerAddress {
  const seats = new Map<number, Seat>()
  const shared = new Map<string, number>()
  const socket: ProbeSocket = network.open((datagram, from) => {
    const seat = seatAt(from)
    for (const each of twist.incoming?.(datagram, seat) ?? [datagram]) seat.session.receive(each, clock.now())
    drain(seat)
  }, twist.pretendedPort)

  function seatAt(from: PeerAddress): Seat {
    const known = seats.get(from.port)
    if (known !== undefined && known.session.state !== 'expired') return known
    const seat: Seat = {
      port: from.port,
      shared,
      memory: known?.memory ?? new Map(),
      send: (datagram) => socket.send(datagram, from),
      now: () => clock.now(),
      session: new ServerSession(encodeText(SERVER_PASSWORD), twist.session),
      alarm: new Alarm(clock, () => {
        seat.session.handleTimeout(clock.now())
        drain(seat)
      }),
    }
    seats.set(from.port, seat)
    return seat
  }

  function drain(seat: Seat): void {
    for (;;) {
      const events = seat.session.takeEvents()
      for (const event of events) act(event, seat)
      for (const datagram of seat.session.takeDatagrams())
        for (const each of twist.outgoing?.(datagram, seat) ?? [datagram]) seat.send(each)
      if (events.length === 0) break
    }
    seat.alarm.set(seat.session.nextTimeout() ?? Number.POSITIVE_INFINITY)
  }

  function act(event: ServerSessionEvent, seat: Seat): void {
    if (event.type === 'command') {
      const reply = (twist.answer ?? usualAnswer)(decodeText(event.bytes))
      if (reply !== undefined) seat.session.reply(event.id, encodeText(reply))
    }
    if (event.type === 'login' && event.accepted) announce(seat)
  }

  function announce(newcomer: Seat): void {
    const usual = () => `RCon admin #0 (127.0.0.1:${newcomer.port}) logged in`
    for (const seat of seats.values()) {
      const text = (twist.announce ?? usual)(newcomer)
      if (text === undefined || !seat.session.sendMessage(encodeText(text), clock.now())) continue
      if (seat !== newcomer) drain(seat)
    }
  }

  return { address: '127.0.0.1', port: socket.port }
}
