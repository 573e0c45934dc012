// @ts-nocheck
import type { SessionEvent } from '@bercon/core/kit'
import {
  type ClientSessionOptions,
  decodeServerPacket,
  decodeText,
  encodeText,
  ServerSession,
} from '@bercon/protocol'
import { Link, type LinkOptions } from '@bercon/protocol/link'
import { REFORGER_DEFAULTS, type ReforgerOptions } from '../src/dialect/reforger-options.js'
import { ReforgerSession } from '../src/dialect/reforger-session.js'

/** A message that the server sends some time after the command. */
export interface Said {
  readonly afterMs: number
  readonly bytes: Uint8Array
}

export interface ReforgerWireOptions {
  readonly link?: Partial<LinkOptions>
  readonly reforger?: Partial<ReforgerOptions>
  readonly session?: Partial<ClientSessionOptions>
  /** The messages that answer a command; `reply` would be the response, which is empty by default. */
  readonly answer: (command: string) => readonly Said[]
  readonly reply?: (command: string) => string
  /** Sent after a login. @default Logged In! Client ID: #0 */
  readonly greeting?: string | null
  /** Whether the message with that number, from 0, is lost the first time. */
  readonly losesFirst?: (number: number) => boolean
}

const KEEP_ALIVE_ID = 0

interface Due {
  readonly at: number
  readonly bytes: Uint8Array
}

/** A Reforger session and a server that behaves like its built-in RCON, over a seeded link in virtual time. */
export class ReforgerWire {
  readonly client: ReforgerSession
  readonly server: ServerSession = new ServerSession(encodeText('hunter2'), { recognizeRepeats: false })
  /** Commands in the order in which they were executed. */
  readonly executed: string[] = []
  /** All events of the session except answers. */
  readonly emitted: SessionEvent[] = []
  readonly answers = new Map<number, Extract<SessionEvent, { type: 'reply' | 'failure' }>>()
  readonly #options: ReforgerWireOptions
  readonly #toServer: Link
  readonly #toClient: Link
  readonly #lost = new Set<number>()
  #due: Due[] = []
  #now = 0

  constructor(options: ReforgerWireOptions) {
    this.#options = options
    const seed = options.link?.seed ?? 1
    this.client = new ReforgerSession({ ...REFORGER_DEFAULTS, ...options.reforger }, options.session ?? {})
    this.#toServer = new Link({ minDelayMs: 10, maxDelayMs: 10, ...options.link, seed })
    this.#toClient = new Link({ minDelayMs: 10, maxDelayMs: 10, ...options.link, seed: seed + 1_000_003 })
  }

  get now(): number {
    return this.#now
  }

  /** The texts of the messages emitted as events. */
  get lines(): readonly string[] {
    return this.emitted.flatMap((event) => (event.type === 'message' ? [decodeText(event.bytes)] : []))
  }

  login(): void {
    this.client.login(encodeText('hunter2'), this.#now)
    this.run(60_000, () => this.client.state === 'logged-in')
  }

  send(command: string, options: { resend?: boolean; verifyEnd?: boolean; timeoutMs?: number } = {}): number {
    return this.client.sendCommand(encodeText(command), { resend: true, ...options }, this.#now)
  }

  /** Sends a command and runs until it is answered: with the output's text, or the reason of the failure. */
  ask(command: string, options: { resend?: boolean; verifyEnd?: boolean; timeoutMs?: number } = {}): string {
    const id = this.send(command, options)
    this.run(this.#now + 120_000, () => this.answers.has(id))
    return this.answerTo(id)
  }

  answerTo(id: number): string {
    const answer = this.answers.get(id)
    if (answer === undefined) return 'nothing'
    return answer.type === 'reply' ? decodeText(answer.bytes) : `${answer.reason}, ${answer.outcome}`
  }

  /** Makes the server send a message by itself at that time. */
  sayAt(at: number, text: string): void {
    this.#due.push({ at, bytes: encodeText(text) })
  }

  run(until: number, isDone: () => boolean = () => false): void {
    for (;;) {
      this.#flush()
      if (isDone()) return
      const next = Math.min(
        this.client.nextTimeout() ?? Number.POSITIVE_INFINITY,
        this.server.nextTimeout() ?? Number.POSITIVE_INFINITY,
        this.#toServer.nextTimeout() ?? Number.POSITIVE_INFINITY,
        this.#toClient.nextTimeout() ?? Number.POSITIVE_INFINITY,
        ...this.#due.map(({ at }) => at),
      )
      if (next > until) break
      this.#now = Math.max(this.#now, next)
      this.#step()
    }
    this.#now = Math.max(this.#now, until)
  }

  #step(): void {
    const now = this.#now
    for (const datagram of this.#toServer.takeArrived(now)) this.server.receive(datagram, now)
    for (const datagram of this.#toClient.takeArrived(now)) this.client.receive(datagram, now)
    for (const { bytes } of this.#due.filter(({ at }) => at <= now)) this.server.sendMessage(bytes, now)
    this.#due = this.#due.filter(({ at }) => at > now)
    if ((this.client.nextTimeout() ?? Number.POSITIVE_INFINITY) <= now) this.client.handleTimeout(now)
    if ((this.server.nextTimeout() ?? Number.POSITIVE_INFINITY) <= now) this.server.handleTimeout(now)
  }

  #flush(): void {
    const { answer, reply = () => '', greeting = 'Logged In! Client ID: #0' } = this.#options
    for (let events = this.server.takeEvents(); events.length > 0; events = this.server.takeEvents())
      for (const event of events) {
        if (event.type === 'login' && greeting !== null)
          this.server.sendMessage(encodeText(greeting), this.#now)
        if (event.type !== 'command') continue
        const command = decodeText(event.bytes)
        this.server.reply(event.id, encodeText(reply(command)))
        if (command === '') continue
        this.executed.push(command)
        for (const { afterMs, bytes } of answer(command)) this.#due.push({ at: this.#now + afterMs, bytes })
      }
    for (const event of this.client.takeEvents()) {
      if (event.type !== 'reply' && event.type !== 'failure') this.emitted.push(event)
      else if (event.id !== KEEP_ALIVE_ID && this.answers.has(event.id))
        throw new Error(`${event.id} is answered twice`)
      else this.answers.set(event.id, event)
    }
    for (const datagram of this.client.takeDatagrams()) this.#toServer.send(datagram, this.#now)
    for (const datagram of this.server.takeDatagrams())
      if (!this.#isLost(datagram)) this.#toClient.send(datagram, this.#now)
  }

  #isLost(datagram: Uint8Array): boolean {
    const { losesFirst } = this.#options
    if (losesFirst === undefined) return false
    const packet = decodeServerPacket(datagram)
    if (packet.type !== 'message' || this.#lost.has(packet.sequence)) return false
    this.#lost.add(packet.sequence)
    return losesFirst(packet.sequence)
  }
}

/** The echo of a command, and its output in pieces, each with a pause before it. */
export function echoed(command: string, chunks: readonly Uint8Array[], pauseMs = 0): readonly Said[] {
  const echo = encodeText(`Processing Command: ${command}`)
  return [echo, ...chunks].map((bytes, index) => ({ afterMs: index * pauseMs, bytes }))
}

/** Cuts bytes at the given positions. */
export function cutAt(bytes: Uint8Array, ...places: readonly number[]): readonly Uint8Array[] {
  const borders = [0, ...places, bytes.length]
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end))
}

/** A list of `count` players, with names of every kind. */
export function playerList(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const identityId = `${(index + 1).toString(16).padStart(8, '0')}-749a-4cdb-9a51-e69f630ec435`
    return `${index + 1} ; ${identityId} ; ${NAMES[index % NAMES.length]}`
  })
  return ['Players on server: [Player#] ; [Player UID] ; [Player Name]', ...rows].join('\n')
}

const NAMES: readonly string[] = [
  'Rook',
  'Orzeł ; 04 ',
  '',
  'Łódź 战地观察员!!',
  '(Side) Evil: hi',
  'Player #3 X disconnected',
  '🧑‍🚀',
  'Processing Command: players',
  'a\u2028b',
  '7',
]
