import {
  ClientSession,
  type ClientSessionEvent,
  type ClientSessionOptions,
  decodeClientPacket,
  decodeServerPacket,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
  type ServerPacket,
} from '@bercon/protocol'
import { type ClientSide, type SessionChoice, SessionWorld } from './session-world.js'
import type { SeededBug } from './world.js'

/** What a session with a bug does otherwise. */
interface Twist {
  /** What the session receives in place of a packet. */
  readonly received?: (packet: ServerPacket, session: TwistedSession) => readonly ServerPacket[]
  readonly sent?: (datagram: Uint8Array, session: TwistedSession) => readonly Uint8Array[]
  readonly reported?: (event: ClientSessionEvent, session: TwistedSession) => readonly ClientSessionEvent[]
  readonly resend?: boolean
  readonly settlesAtOnce?: boolean
  /** Time that it sleeps too long, in ms. */
  readonly oversleeps?: number
}

/** A real session with a bug put around it. */
class TwistedSession implements ClientSide {
  /** Events of the bug's own. */
  readonly extra: ClientSessionEvent[] = []
  /** What the bug remembers. */
  readonly memory = new Map<string, number>()
  readonly #inner: ClientSession
  readonly #twist: Twist

  constructor(options: Partial<ClientSessionOptions>, twist: Twist) {
    this.#inner = new ClientSession(options)
    this.#twist = twist
  }

  get state(): ClientSession['state'] {
    return this.#inner.state
  }

  login(password: Uint8Array, now: number): void {
    this.#inner.login(password, now)
  }

  sendCommand(...[bytes, options, now]: Parameters<ClientSession['sendCommand']>): number {
    const { resend = options.resend, settlesAtOnce } = this.#twist
    const id = this.#inner.sendCommand(bytes, { ...options, resend }, now)
    if (settlesAtOnce === true)
      this.extra.push({ type: 'reply', id, bytes: encodeText(''), attempts: 1, elapsedMs: 0, sentAfter: -1 })
    return id
  }

  receive(datagram: Uint8Array, now: number): void {
    const packet = decodeServerPacket(datagram)
    if (packet.type === 'malformed' || this.#twist.received === undefined) {
      this.#inner.receive(datagram, now)
      return
    }
    for (const each of this.#twist.received(packet, this)) this.#inner.receive(encodeServerPacket(each), now)
  }

  handleTimeout(now: number): void {
    this.#inner.handleTimeout(now)
  }

  nextTimeout(): number | undefined {
    const at = this.#inner.nextTimeout()
    return at === undefined || this.state !== 'logged-in' ? at : at + (this.#twist.oversleeps ?? 0)
  }

  takeDatagrams(): readonly Uint8Array[] {
    const { sent = (datagram) => [datagram] } = this.#twist
    return this.#inner.takeDatagrams().flatMap((datagram) => sent(datagram, this))
  }

  takeEvents(): readonly ClientSessionEvent[] {
    const { reported = (event) => [event] } = this.#twist
    return [...this.#inner.takeEvents().flatMap((event) => reported(event, this)), ...this.extra.splice(0)]
  }

  close(now: number): void {
    this.#inner.close(now)
  }
}

const LIMITS = { losses: 1, copies: 1, crashes: 0, closes: 0, commands: [true, false], messages: 1 }

/** Bugs of a client's session. */
export const SESSION_BUGS: readonly SeededBug<SessionChoice>[] = [
  bug('a timeout is not reported', 'Every command settles once', {
    reported: (event) => (event.type === 'failure' && event.reason === 'timed-out' ? [] : [event]),
  }),
  bug('a command settles as it is sent', 'A command that is answered was executed', { settlesAtOnce: true }),
  bug('a message is taken for the reply to the command with its sequence', 'A reply is that of the command', {
    received: (packet) => (packet.type === 'message' ? [packet, { ...packet, type: 'response' }] : [packet]),
  }),
  bug('every command is sent again', 'A command that must not be sent again', { resend: true }),
  bug('a failure says that nothing was sent', 'A command that failed as not sent', {
    reported: (event) => [event.type === 'failure' ? { ...event, outcome: 'not-sent' } : event],
  }),
  bug('a failure says that the server has executed the command', 'A command that failed as executed', {
    reported: (event) => [
      event.type === 'failure' && event.outcome === 'unknown' ? { ...event, outcome: 'executed' } : event,
    ],
  }),
  bug('every command has the sequence 0', 'A sequence belongs to one command', {
    sent(datagram) {
      const packet = decodeClientPacket(datagram)
      return [packet.type === 'command' ? encodeClientPacket({ ...packet, sequence: 0 }) : datagram]
    },
    received: (packet) => (packet.type === 'response' || packet.type === 'response-part' ? [] : [packet]),
  }),
  bug('a repeated message is reported again', 'The listener receives each message at most once', {
    received(packet, { memory, extra }) {
      if (packet.type !== 'message') return [packet]
      const { sequence, bytes } = packet
      if (memory.has(`m${sequence}`)) extra.push({ type: 'message', bytes, sequence, number: sequence })
      memory.set(`m${sequence}`, 1)
      return [packet]
    },
  }),
  bug('a message that comes before the answer to the login is lost', 'The listener receives every message', {
    received(packet, { memory, state }) {
      if (packet.type === 'message' && state === 'logging-in') memory.set('early', packet.sequence)
      return [packet]
    },
    reported: (event, { memory }) =>
      event.type === 'message' && memory.get('early') === event.sequence ? [] : [event],
  }),
  bug('a keep-alive goes out beside the login', 'The client sends nothing but logins before', {
    sent: (datagram) =>
      decodeClientPacket(datagram).type === 'login'
        ? [datagram, encodeClientPacket({ type: 'command', sequence: 0, bytes: encodeText('') })]
        : [datagram],
  }),
  bug('the keep-alive comes 40 s late', 'A client that is logged in wants to send', { oversleeps: 40_000 }),
  bug('a part without those before it throws', 'Nothing throws', {
    received(packet, { memory }) {
      if (packet.type !== 'response-part') return [packet]
      const expected = memory.get(`p${packet.sequence}`) ?? 0
      if (packet.index > expected) throw new RangeError(`part ${packet.index} before part ${expected}`)
      memory.set(`p${packet.sequence}`, packet.index + 1)
      return [packet]
    },
  }),
]

function bug(name: string, breaks: string, twist: Twist): SeededBug<SessionChoice> {
  const newClient = (options: Partial<ClientSessionOptions>) => new TwistedSession(options, twist)
  return { bug: name, breaks, newWorld: () => new SessionWorld({ limits: LIMITS, newClient }) }
}
