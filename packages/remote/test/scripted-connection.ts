import type { CallOptions, ConnectionEvent, ConnectionState, LoginRefusedError, Target } from '@bercon/core'
import {
  type CommandRequest,
  type Connection,
  Deferred,
  EventListeners,
  idleStatistics,
} from '@bercon/core/kit'
import type { VirtualClock } from '@bercon/core/testing'
import {
  type HostedChannel,
  type HostOptions,
  hostConnection,
  RemoteConnection,
  type RemoteOptions,
} from '../src/index.js'
import { type ChannelPair, channelPair } from '../src/testing/index.js'

interface Asked {
  readonly request: CommandRequest
  readonly options: CallOptions
  readonly reply: (text: string) => void
  readonly fail: (error: Error) => void
}

/** A connection to host that does what a test says. */
export class ScriptedConnection implements Connection {
  state: ConnectionState = 'connected'
  statistics = idleStatistics()
  refusal: LoginRefusedError | undefined
  readonly asked: Asked[] = []
  readonly opened: Target[] = []
  closes = 0
  readonly #closed = new Deferred<Error | undefined>()
  readonly #listeners = new EventListeners()

  get closed(): Promise<Error | undefined> {
    return this.#closed.promise
  }

  get texts(): readonly string[] {
    return this.asked.map(({ request }) => request.text)
  }

  async open(target: Target, _options: CallOptions = {}): Promise<void> {
    this.opened.push(target)
    this.state = 'connected'
  }

  exchange(request: CommandRequest, options: CallOptions = {}): Promise<string> {
    const answer = new Deferred<string>()
    const { signal } = options
    signal?.addEventListener('abort', () => answer.reject(signal.reason))
    this.asked.push({
      request,
      options,
      reply: (text) => answer.resolve(text),
      fail: (error) => answer.reject(error),
    })
    return answer.promise
  }

  subscribe(
    listener: (event: ConnectionEvent) => void,
    wantsReply?: (command: string) => boolean,
  ): () => void {
    return this.#listeners.add(listener, wantsReply)
  }

  get repliesWanted(): readonly string[] | undefined {
    return this.#listeners.repliesWanted
  }

  close(): void {
    this.closes++
    this.state = 'closed'
    this.#closed.resolve(undefined)
  }

  /** Emits an event, in the state that it leads to. */
  tell(event: ConnectionEvent, state: ConnectionState = this.state): void {
    this.state = state
    this.#listeners.emit(event)
  }

  message(text: string, number = 0): void {
    this.tell({ type: 'message', at: 0, text, sequence: number % 256, number })
  }
}

/** A scripted connection, hosted and reached over channels in memory. */
export class RemoteScene {
  readonly hosted = new ScriptedConnection()
  readonly clock: VirtualClock
  readonly pairs: ChannelPair[] = []
  readonly channels: HostedChannel[] = []
  readonly events: ConnectionEvent[] = []
  readonly remote: RemoteConnection
  /** An error in place of the next channel. */
  failure: Error | undefined

  constructor(clock: VirtualClock, hostOptions: HostOptions = {}, options: RemoteOptions = {}) {
    this.clock = clock
    this.remote = new RemoteConnection(
      () => {
        if (this.failure !== undefined) throw this.failure
        const pair = channelPair(clock)
        this.pairs.push(pair)
        this.channels.push(hostConnection(this.hosted, pair.ends[0], { clock, ...hostOptions }))
        return pair.ends[1]
      },
      { clock, random: () => 0, ...options },
    )
    this.remote.subscribe((event) => this.events.push(event))
  }

  get types(): readonly string[] {
    return this.events.map(({ type }) => type)
  }

  cut(): void {
    this.pairs.at(-1)?.cut()
  }
}

/** What became of a promise: its value or error, or neither yet. */
export function outcomeOf<T>(promise: Promise<T>): { value?: T; error?: unknown } {
  const outcome: { value?: T; error?: unknown } = {}
  promise.then(
    (value) => {
      outcome.value = value
    },
    (error: unknown) => {
      outcome.error = error
    },
  )
  return outcome
}
