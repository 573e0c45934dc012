import {
  type ClientPacket,
  decodeServerPacket,
  encodeClientPacket,
  encodeText,
  type MalformedPacket,
  type ResponsePartPacket,
  type ServerPacket,
} from '@bercon/protocol'
import type { Clock } from '@bercon/protocol/driver'
import { Inbox } from '../inbox.js'
import type { PacketLog } from '../packet-log.js'
import type { PeerAddress, ProbeSocket } from '../probe-socket.js'

/** A packet of the server, with when it came and from where. */
export interface Received {
  readonly atMs: number
  readonly from: PeerAddress
  readonly packet: ServerPacket | MalformedPacket
}

/** A server's message. */
export type Message = Extract<ServerPacket, { type: 'message' }>

/** The whole response to a command, with its parts if it came in parts. */
export interface WholeResponse {
  readonly bytes: Uint8Array
  readonly parts: readonly ResponsePartPacket[]
}

/** How often a datagram that may be lost is sent, and how long each sending waits for an answer. */
const TRIES = 3
const ANSWER_MS = 2_000
/** How long the parts of one response may take. */
const WHOLE_MS = 20_000

/** How long silence must last to count as no answer. */
export const QUIET_MS = 1_000

/** One socket towards the server under test: to the server, one client. */
export class ServerProbe {
  /** Everything that came. */
  readonly received: Received[] = []
  /** Whether messages are acknowledged as they come. */
  acknowledges = true
  readonly #clock: Clock
  readonly #server: PeerAddress
  readonly #log: PacketLog
  readonly #inbox: Inbox<Received>
  #socket: ProbeSocket | undefined

  constructor(clock: Clock, server: PeerAddress, log: PacketLog) {
    this.#clock = clock
    this.#server = server
    this.#log = log
    this.#inbox = new Inbox(clock)
  }

  /** Called once, with the socket that passes its datagrams to `receive`. */
  attach(socket: ProbeSocket): void {
    this.#socket = socket
  }

  /** The probe's own port. */
  get port(): number {
    return this.#socket?.port ?? 0
  }

  /** The messages that came, repeats included. */
  get messages(): readonly (Received & { readonly packet: Message })[] {
    return this.received.filter(
      (each): each is Received & { packet: Message } => each.packet.type === 'message',
    )
  }

  readonly receive = (datagram: Uint8Array, from: PeerAddress): void => {
    if (!this.#log.add('server', datagram)) return
    const packet = decodeServerPacket(datagram)
    const received: Received = { atMs: this.#clock.now(), from, packet }
    this.received.push(received)
    if (packet.type === 'message' && this.acknowledges) this.acknowledge(packet.sequence)
    this.#inbox.push(received)
  }

  /** Sends a datagram as it is. */
  send(datagram: Uint8Array): void {
    this.#log.add('client', datagram)
    this.#socket?.send(datagram, this.#server)
  }

  sendPacket(packet: ClientPacket): void {
    this.send(encodeClientPacket(packet))
  }

  sendCommand(sequence: number, text: string | Uint8Array): void {
    this.sendPacket({ type: 'command', sequence, bytes: typeof text === 'string' ? encodeText(text) : text })
  }

  acknowledge(sequence: number): void {
    this.sendPacket({ type: 'acknowledgement', sequence })
  }

  /** Takes the next packet that `accepts` names, or gives `undefined` after `ms`. */
  async next(
    accepts: (packet: ServerPacket | MalformedPacket) => boolean,
    ms: number = ANSWER_MS,
  ): Promise<ServerPacket | MalformedPacket | undefined> {
    return (await this.#inbox.take(({ packet }) => accepts(packet), ms))?.packet
  }

  /** Answers that have come and were not taken are nobody's from now on. */
  forget(): void {
    this.#inbox.discard(() => true)
  }

  /** Sends a login up to three times, until it is answered. */
  async login(password: string): Promise<'accepted' | 'refused' | 'silent'> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      this.sendPacket({ type: 'login', bytes: encodeText(password) })
      const answer = await this.next((packet) => packet.type === 'login')
      if (answer?.type === 'login' && 'accepted' in answer) return answer.accepted ? 'accepted' : 'refused'
    }
    return 'silent'
  }

  /** Sends a command that only reads up to `tries` times, until its whole response has come. */
  async ask(
    sequence: number,
    text: string | Uint8Array,
    tries: number = TRIES,
  ): Promise<WholeResponse | undefined> {
    // Late answers to an earlier command with this sequence are not this one's.
    this.#inbox.discard(({ packet }) => isResponse(packet) && packet.sequence === sequence)
    for (let attempt = 0; attempt < tries; attempt++) {
      this.sendCommand(sequence, text)
      const response = await this.response(sequence)
      if (response !== undefined) return response
    }
    return undefined
  }

  /** The next whole response with this sequence. */
  async response(sequence: number): Promise<WholeResponse | undefined> {
    const parts = new Map<number, ResponsePartPacket>()
    const since = this.#clock.now()
    while (this.#clock.now() - since < WHOLE_MS) {
      const packet = await this.next((each) => isResponse(each) && each.sequence === sequence)
      if (packet?.type === 'response') return { bytes: packet.bytes, parts: [] }
      if (packet?.type !== 'response-part') return undefined
      parts.set(packet.index, packet)
      if (parts.size === packet.total) return joined([...parts.values()])
    }
    return undefined
  }

  close(): void {
    this.#socket?.close()
  }
}

function isResponse(
  packet: ServerPacket | MalformedPacket,
): packet is Extract<ServerPacket, { type: 'response' | 'response-part' }> {
  return packet.type === 'response' || packet.type === 'response-part'
}

function joined(parts: readonly ResponsePartPacket[]): WholeResponse {
  const inOrder = [...parts].sort((a, b) => a.index - b.index)
  return { bytes: Uint8Array.from(inOrder.flatMap(({ bytes }) => [...bytes])), parts: inOrder }
}
