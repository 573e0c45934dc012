import {
  type ClientPacket,
  decodeClientPacket,
  decodeText,
  encodeServerPacket,
  encodeText,
  type MalformedPacket,
  type ServerPacket,
} from '@bercon/protocol'
import type { Clock } from '@bercon/protocol/driver'
import { Inbox } from '../inbox.js'
import type { PacketLog } from '../packet-log.js'
import type { PeerAddress, ProbeSocket } from '../probe-socket.js'

/** A packet of the client, with when it came and from where. */
export interface FromClient {
  readonly atMs: number
  readonly from: PeerAddress
  readonly packet: ClientPacket | MalformedPacket
}

/** A command packet of the client. */
export interface CommandFromClient {
  readonly atMs: number
  readonly sequence: number
  readonly text: string
  readonly bytes: Uint8Array
}

/** The server that a client under test talks to: each case says how it behaves. */
export class FakeServer {
  /** Everything that came. */
  readonly received: FromClient[] = []
  /** How a login is answered: `true` is accepted, `false` refused, `undefined` not answered. */
  onLogin: (password: string, server: FakeServer) => boolean | undefined
  /** How a command is answered. The default echoes its text, and answers a keep-alive. */
  onCommand: (command: CommandFromClient, server: FakeServer) => void = ({ sequence, text }, server) =>
    server.reply(sequence, text === '' ? '' : echo(text))
  readonly #clock: Clock
  readonly #log: PacketLog
  readonly #inbox: Inbox<FromClient>
  #socket: ProbeSocket | undefined
  #client: PeerAddress | undefined

  constructor(clock: Clock, password: string, log: PacketLog) {
    this.#clock = clock
    this.#log = log
    this.#inbox = new Inbox(clock)
    this.onLogin = (given) => given === password
  }

  attach(socket: ProbeSocket): void {
    this.#socket = socket
  }

  get port(): number {
    return this.#socket?.port ?? 0
  }

  /** The command packets that came, keep-alives and repeats included. */
  get commands(): readonly CommandFromClient[] {
    return this.received.flatMap(({ atMs, packet }) =>
      packet.type === 'command' ? [commandOf(packet, atMs)] : [],
    )
  }

  /** How often a command with this text came. */
  count(text: string): number {
    return this.commands.filter((command) => command.text === text).length
  }

  /** The sequences that were acknowledged, in order. */
  get acknowledged(): readonly number[] {
    return this.received.flatMap(({ packet }) => (packet.type === 'acknowledgement' ? [packet.sequence] : []))
  }

  /** The login packets that came. */
  get logins(): readonly FromClient[] {
    return this.received.filter(({ packet }) => packet.type === 'login')
  }

  readonly receive = (datagram: Uint8Array, from: PeerAddress): void => {
    if (!this.#log.add('client', datagram)) return
    this.#client = from
    const packet = decodeClientPacket(datagram)
    const received: FromClient = { atMs: this.#clock.now(), from, packet }
    this.received.push(received)
    if (packet.type === 'login') this.#answerLogin(packet.bytes)
    if (packet.type === 'command') this.onCommand(commandOf(packet, received.atMs), this)
    this.#inbox.push(received)
  }

  /** Sends a datagram as it is to the one who sent last. */
  send(datagram: Uint8Array): void {
    if (this.#client === undefined) return
    this.#log.add('server', datagram)
    this.#socket?.send(datagram, this.#client)
  }

  sendPacket(packet: ServerPacket): void {
    this.send(encodeServerPacket(packet))
  }

  reply(sequence: number, text: string | Uint8Array): void {
    this.sendPacket({ type: 'response', sequence, bytes: typeof text === 'string' ? encodeText(text) : text })
  }

  part(sequence: number, total: number, index: number, text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? encodeText(text) : text
    this.sendPacket({ type: 'response-part', sequence, total, index, bytes })
  }

  message(sequence: number, text: string | Uint8Array): void {
    this.sendPacket({ type: 'message', sequence, bytes: typeof text === 'string' ? encodeText(text) : text })
  }

  /** Waits until the client acknowledges a message. */
  async acknowledgment(sequence: number, ms: number): Promise<boolean> {
    const isIt = ({ packet }: FromClient) => packet.type === 'acknowledgement' && packet.sequence === sequence
    return (await this.#inbox.take(isIt, ms)) !== undefined
  }

  /** Waits for the next command with this text; clients send others by themselves. */
  async command(text: string, ms: number): Promise<CommandFromClient | undefined> {
    const next = await this.#inbox.take(
      ({ packet }) => packet.type === 'command' && decodeText(packet.bytes) === text,
      ms,
    )
    return next?.packet.type === 'command' ? commandOf(next.packet, next.atMs) : undefined
  }

  close(): void {
    this.#socket?.close()
  }

  #answerLogin(password: Uint8Array): void {
    const accepted = this.onLogin(decodeText(password), this)
    if (accepted !== undefined) this.sendPacket({ type: 'login', accepted })
  }
}

/** What the fake server answers to a text. */
export function echo(text: string): string {
  return `echo ${text}`
}

function commandOf(packet: Extract<ClientPacket, { type: 'command' }>, atMs: number): CommandFromClient {
  return { atMs, sequence: packet.sequence, text: decodeText(packet.bytes), bytes: packet.bytes }
}
