import {
  ClientSession,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
  ServerSession,
} from '@bercon/protocol'
import { createRandom, type Random } from '@bercon/protocol/link'
import { hostileDatagram } from './hostile-datagram.js'

/** The number of datagrams, and the states of the sessions that received them. */
export interface FuzzResult {
  readonly datagrams: number
  readonly checksummed: number
  readonly states: Readonly<Record<string, number>>
  /** Events that the sessions emitted, by type. */
  readonly events: Readonly<Record<string, number>>
  /** The most bytes of incomplete replies that a session held. */
  readonly mostPartsBytes: number
}

const PASSWORD = encodeText('hunter2')
// A finished session takes this many more inputs, to show that it ignores them, before a new one replaces it.
const AFTER_THE_END = 50

/** Passes hostile datagrams to both decoders and to sessions in every state; an exception is a finding. */
export function runFuzzTrial(seed: number, datagrams: number): FuzzResult {
  const random = createRandom(seed)
  const tally = new Tally()
  const clients = [0, 1].map(() => new FuzzedClient(random, tally))
  const servers = [0, 1].map(() => new FuzzedServer(random, tally))
  let checksummed = 0
  let now = 0
  for (let i = 0; i < datagrams; i++) {
    const valid = random() < 0.7
    if (valid) checksummed++
    const datagram = hostileDatagram(random, valid)
    now += random() * 4
    decodeClientPacket(datagram)
    const packet = decodeServerPacket(datagram)
    if (packet.type === 'message') decodeText(packet.bytes)
    clients[i % 2]?.feed(datagram, now)
    servers[i % 2]?.feed(datagram, now)
  }
  return {
    datagrams,
    checksummed,
    states: tally.states,
    events: tally.events,
    mostPartsBytes: tally.mostPartsBytes,
  }
}

class Tally {
  readonly states: Record<string, number> = {}
  readonly events: Record<string, number> = {}
  mostPartsBytes = 0

  add(counts: Record<string, number>, name: string): void {
    counts[name] = (counts[name] ?? 0) + 1
  }
}

class FuzzedClient {
  readonly #random: Random
  readonly #tally: Tally
  #session = new ClientSession()
  #over = 0

  constructor(random: Random, tally: Tally) {
    this.#random = random
    this.#tally = tally
  }

  feed(datagram: Uint8Array, now: number): void {
    const session = this.#session
    this.#tally.add(this.#tally.states, `client ${session.state}`)
    session.receive(datagram, now)
    if ((session.nextTimeout() ?? Number.POSITIVE_INFINITY) <= now) session.handleTimeout(now)
    this.#act(session, now)
    for (const { type } of session.takeEvents()) this.#tally.add(this.#tally.events, `client ${type}`)
    session.takeDatagrams()
    if (this.#random() < 0.001)
      this.#tally.mostPartsBytes = Math.max(this.#tally.mostPartsBytes, session.statistics.partsBytes)
  }

  #act(session: ClientSession, now: number): void {
    const chance = this.#random()
    switch (session.state) {
      case 'new':
        if (chance < 0.05) session.login(PASSWORD, now)
        break
      case 'logging-in':
        // Otherwise most logins would time out.
        if (chance < 0.4) session.receive(encodeServerPacket({ type: 'login', accepted: chance < 0.3 }), now)
        break
      case 'logged-in':
        if (chance < 0.02)
          session.sendCommand(encodeText('players'), { resend: chance < 0.01, timeoutMs: 3_000 }, now)
        // Three minutes of silence.
        if (chance > 0.9998) for (let at = now; at < now + 180_000; at += 500) session.handleTimeout(at)
        if (chance > 0.9996) session.close(now)
        break
      default:
        if (++this.#over < AFTER_THE_END) break
        this.#over = 0
        this.#session = new ClientSession({
          maxReplyBytes: 10_000,
          maxPartsBytes: 100_000,
          loginTimeoutMs: 4,
        })
    }
  }
}

class FuzzedServer {
  readonly #random: Random
  readonly #tally: Tally
  #session = new ServerSession(PASSWORD)
  #over = 0

  constructor(random: Random, tally: Tally) {
    this.#random = random
    this.#tally = tally
  }

  feed(datagram: Uint8Array, now: number): void {
    const session = this.#session
    this.#tally.add(this.#tally.states, `server ${session.state}`)
    session.receive(datagram, now)
    if ((session.nextTimeout() ?? Number.POSITIVE_INFINITY) <= now) session.handleTimeout(now)
    for (const event of session.takeEvents()) {
      this.#tally.add(this.#tally.events, `server ${event.type}`)
      if (event.type === 'command' && this.#random() < 0.9) session.reply(event.id, event.bytes)
    }
    this.#act(session, now)
    session.takeDatagrams()
  }

  #act(session: ServerSession, now: number): void {
    const chance = this.#random()
    switch (session.state) {
      case 'waiting':
        if (chance < 0.1) session.receive(encodeClientPacket({ type: 'login', bytes: PASSWORD }), now)
        break
      case 'logged-in':
        if (chance < 0.001) session.sendMessage(encodeText('(Global) Survivor: gg'), now)
        if (chance > 0.9999) session.close()
        break
      default:
        if (++this.#over < AFTER_THE_END) break
        this.#over = 0
        this.#session = new ServerSession(PASSWORD, { maxAnswerBytes: 10_000, maxOpenCommands: 64 })
    }
  }
}
