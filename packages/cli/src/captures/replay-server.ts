import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { systemClock } from '@bercon/client'
import { decodeClientPacket, decodeText, encodeText, ServerSession } from '@bercon/protocol'
import { Alarm } from '@bercon/protocol/driver'
import type { RecordedMessage } from './recorded-messages.js'
import type { RecordedReplies } from './recorded-replies.js'
import { listenAt } from './recording.js'

/** What a recorded server sent, and how to send it again. */
export interface ReplayedServer {
  readonly messages: readonly RecordedMessage[]
  readonly replies: RecordedReplies
  /** As many times as fast as it was; `Infinity` is at once. */
  readonly speed: number
  readonly signal: AbortSignal
  readonly onListening: (port: number) => void
}

const UNKNOWN = encodeText('Unknown command')

/** Plays a recorded server to every client that logs in, with any password, until the signal is aborted. */
export async function serveReplay(port: number, server: ReplayedServer): Promise<void> {
  const { signal, onListening } = server
  const socket = createSocket({ type: 'udp4' })
  const seats = new Map<number, ReplayedPeer>()
  try {
    await listenAt(socket, port, signal)
    socket.on('message', (datagram, from) => {
      const packet = decodeClientPacket(datagram)
      const known = seats.get(from.port)
      if (packet.type === 'login' && known?.isIn !== true) {
        known?.close()
        seats.set(from.port, new ReplayedPeer(socket, from, packet.bytes, server))
      }
      seats.get(from.port)?.receive(datagram)
    })
    onListening(socket.address().port)
    await once(signal, 'abort')
  } finally {
    for (const seat of seats.values()) seat.close()
    socket.close()
  }
}

/** One client of the recorded server. */
class ReplayedPeer {
  readonly #socket: Socket
  readonly #from: RemoteInfo
  readonly #session: ServerSession
  readonly #server: ReplayedServer
  readonly #alarm: Alarm = new Alarm(systemClock, () => {
    this.#session.handleTimeout(systemClock.now())
    this.#say()
  })
  // How often each command was answered.
  readonly #answered = new Map<string, number>()
  #next = 0
  #since = Number.POSITIVE_INFINITY

  /** The client's password is the right one: the capture has none. */
  constructor(socket: Socket, from: RemoteInfo, password: Uint8Array, server: ReplayedServer) {
    this.#socket = socket
    this.#from = from
    this.#session = new ServerSession(password)
    this.#server = server
  }

  get isIn(): boolean {
    return this.#session.state === 'logged-in'
  }

  receive(datagram: Uint8Array): void {
    this.#session.receive(datagram, systemClock.now())
    this.#say()
  }

  close(): void {
    this.#alarm.clear()
  }

  /** Sends the messages that are due and what the session wants to send, and wakes for the next. */
  #say(): void {
    for (const event of this.#session.takeEvents()) {
      if (event.type === 'login' && event.accepted) this.#since = systemClock.now()
      if (event.type === 'command') this.#session.reply(event.id, this.#replyTo(decodeText(event.bytes)))
    }
    const { messages } = this.#server
    for (let next = messages[this.#next]; next !== undefined; next = messages[this.#next]) {
      if (this.#dueAt(next) > systemClock.now() || !this.#session.sendMessage(next.bytes, systemClock.now()))
        break
      this.#next++
    }
    for (const datagram of this.#session.takeDatagrams())
      this.#socket.send(datagram, this.#from.port, this.#from.address)
    const waiting = messages[this.#next]
    const timeout = this.#session.nextTimeout() ?? Number.POSITIVE_INFINITY
    const dueAt = waiting === undefined ? timeout : this.#dueAt(waiting)
    // A message that is due and does not fit waits for an acknowledgment, not for a time.
    this.#alarm.set(Math.min(timeout, dueAt > systemClock.now() ? dueAt : timeout))
  }

  #dueAt({ at }: RecordedMessage): number {
    const { messages, speed } = this.#server
    return this.#since + (at - (messages[0]?.at ?? at)) / speed
  }

  /** The replies of then, one after the other; the last one stays. */
  #replyTo(text: string): Uint8Array {
    const replies = this.#server.replies.get(text)
    const answered = this.#answered.get(text) ?? 0
    this.#answered.set(text, answered + 1)
    if (text === '') return new Uint8Array(0)
    return replies?.[Math.min(answered, replies.length - 1)] ?? UNKNOWN
  }
}
