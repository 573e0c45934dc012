import { AsyncRconClient } from '@bercon/client'
import type { CallOptions, ConnectionEvent, ConnectionState } from '@bercon/core'
import { type CommandRequest, type Connection, EventListeners, idleStatistics } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { createRandom, type Random } from '@bercon/protocol/link'
import { hostConnection, RemoteConnection, type TextChannel } from '@bercon/remote'
import { greeting, hostileText } from './hostile-text.js'

/** How many texts each side was given, and what came of it. */
export interface RemoteFuzzResult {
  readonly texts: number
  /** Channels of each side that were ended. */
  readonly hostChannels: number
  readonly userChannels: number
  /** What each side sent, by type: that it was not always in the same state. */
  readonly said: Readonly<Record<string, number>>
  /** Commands of the user's side that are not settled at the end. */
  readonly unsettled: number
  /** Timers that are left after all was closed. */
  readonly timersLeft: number
}

// No channel may live as long as this, or most of the texts would come when all is over.
const LONGEST_CHANNEL = 60
const TURN = 10

/** Feeds hostile texts to both sides of a remote connection; an exception is a finding. */
export async function runRemoteFuzzTrial(seed: number, texts: number): Promise<RemoteFuzzResult> {
  const random = createRandom(seed)
  const clock = new VirtualClock()
  const said: Record<string, number> = {}
  const host = new FuzzedHost(random, clock, said)
  const user = new FuzzedUser(random, clock, said)
  for (let count = 0; count < texts; count++) {
    host.feed()
    user.feed()
    if (count % TURN > 0) continue
    clock.advance(random() * 40)
    await settled()
  }
  await host.end()
  await user.end()
  await clock.run(10_000)
  return {
    texts,
    hostChannels: host.channels,
    userChannels: user.channels,
    said,
    unsettled: user.asked - user.settled,
    timersLeft: clock.timers,
  }
}

/** The other end of a channel: what it sends is counted, what comes to it is hostile. */
class HostileEnd implements TextChannel {
  fed = 0
  lastId = 0
  readonly #said: Record<string, number>
  #state: 'open' | 'ended' = 'open'
  #hear: (text: string) => void = () => {}
  #hearEnd: (error?: Error) => void = () => {}

  constructor(said: Record<string, number>) {
    this.#said = said
  }

  get isOver(): boolean {
    return this.#state === 'ended'
  }

  send(text: string): void {
    const { type, id } = JSON.parse(text)
    this.lastId = id ?? this.lastId
    this.#said[type] = (this.#said[type] ?? 0) + 1
  }

  onText(listener: (text: string) => void): void {
    this.#hear = listener
  }

  onClose(listener: (error?: Error) => void): void {
    this.#hearEnd = listener
  }

  close(): void {
    this.cut()
  }

  feed(text: string): void {
    this.fed++
    this.#hear(text)
  }

  cut(): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#hearEnd()
  }
}

class FuzzedHost {
  channels = 0
  readonly #random: Random
  readonly #clock: VirtualClock
  readonly #said: Record<string, number>
  readonly #connection: AnsweringConnection
  #end: HostileEnd

  constructor(random: Random, clock: VirtualClock, said: Record<string, number>) {
    this.#random = random
    this.#clock = clock
    this.#said = said
    this.#connection = new AnsweringConnection(random, clock)
    this.#end = this.#next()
  }

  feed(): void {
    if (this.#end.fed > LONGEST_CHANNEL) this.#end.cut()
    if (this.#end.isOver) this.#end = this.#next()
    this.#end.feed(hostileText(this.#random, 'user', this.#end.fed))
    if (this.#random() < 0.1) this.#connection.tellAnything()
  }

  async end(): Promise<void> {
    this.#end.cut()
    await settled()
  }

  #next(): HostileEnd {
    this.channels++
    const end = new HostileEnd(this.#said)
    const limits = { maxMessageLength: 65_536, maxExchanges: 8, maxQueuedEvents: 100 }
    const allow = () => this.#random() < 0.8
    hostConnection(this.#connection, end, {
      clock: this.#clock,
      control: this.#random() < 0.5,
      allow,
      limits,
    })
    if (this.#random() < 0.9) end.feed(greeting(this.#random, 'user'))
    return end
  }
}

class FuzzedUser {
  channels = 0
  asked = 0
  settled = 0
  readonly #random: Random
  readonly #clock: VirtualClock
  readonly #said: Record<string, number>
  #end: HostileEnd | undefined
  #client: AsyncRconClient

  constructor(random: Random, clock: VirtualClock, said: Record<string, number>) {
    this.#random = random
    this.#clock = clock
    this.#said = said
    this.#client = this.#newClient()
  }

  feed(): void {
    const end = this.#end
    if (end !== undefined && end.fed > LONGEST_CHANNEL) end.cut()
    if (this.#client.state === 'closed') this.#client = this.#newClient()
    // A login that has failed is not tried again by itself.
    if (this.#client.state === 'idle' && end?.isOver) this.#connect(this.#client)
    if (end !== undefined) end.feed(hostileText(this.#random, 'host', Math.ceil(this.#random() * end.lastId)))
    if (this.#random() < 0.2) this.#ask()
    if (this.#random() < 0.002) void this.#client.close()
  }

  async end(): Promise<void> {
    await this.#client.close()
    this.#end?.cut()
    await settled()
  }

  #ask(): void {
    this.asked++
    const count = () => {
      this.settled++
    }
    const controller = new AbortController()
    const { signal } = controller
    const options = { resend: this.#random() < 0.5, timeoutMs: this.#random() * 500, signal }
    this.#client.sendCommand('version', options).then(count, count)
    if (this.#random() < 0.3) controller.abort()
  }

  #connect(client: AsyncRconClient): void {
    this.asked++
    const count = () => {
      this.settled++
    }
    client.connect('192.0.2.1', 2306, 'hunter2').then(count, count)
  }

  #newClient(): AsyncRconClient {
    const clock = this.#clock
    const connection = new RemoteConnection(() => this.#next(), {
      clock,
      random: this.#random,
      reconnectDelayMs: 1,
      maxReconnectDelayMs: 10,
      maxMessageLength: 65_536,
    })
    const client = new AsyncRconClient({ connection, clock })
    if (this.#random() < 0.5) this.#connect(client)
    client.listen('error', ({ error }) => {
      throw error
    })
    return client
  }

  #next(): HostileEnd {
    this.channels++
    const end = new HostileEnd(this.#said)
    this.#end = end
    // As soon as it is listened to.
    this.#clock.setTimer(() => this.#random() < 0.9 && end.feed(greeting(this.#random, 'host')), 1)
    return end
  }
}

/** A hosted connection that answers somehow, and emits anything. */
class AnsweringConnection implements Connection {
  readonly statistics = idleStatistics()
  readonly refusal = undefined
  readonly closed: Promise<Error | undefined> = new Promise(() => {})
  state: ConnectionState = 'connected'
  readonly #random: Random
  readonly #clock: VirtualClock
  readonly #listeners = new EventListeners()

  constructor(random: Random, clock: VirtualClock) {
    this.#random = random
    this.#clock = clock
  }

  async open(): Promise<void> {
    if (this.#random() < 0.5) throw new Error('refused')
    this.state = 'connected'
  }

  exchange({ text }: CommandRequest, { signal }: CallOptions = {}): Promise<string> {
    if (this.#random() < 0.05) throw new Error('broken')
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
      const answer = () => (this.#random() < 0.8 ? resolve(text) : reject(new Error('failed')))
      this.#clock.setTimer(answer, this.#random() * 100)
    })
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    return this.#listeners.add(listener)
  }

  close(): void {
    this.state = 'idle'
  }

  tellAnything(): void {
    const at = this.#clock.wallNow()
    const text = this.#random() < 0.1 ? 'y'.repeat(70_000) : 'line'
    this.#listeners.emit({ type: 'message', at, text, sequence: 0, number: 0 })
  }
}
