import {
  AlreadyConnectedError,
  type CallOptions,
  ClosedError,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStatistics,
  InvalidArgumentError,
  type LoginRefusedError,
  NotConnectedError,
  type Target,
} from '@bercon/core'
import {
  CONNECTION_MOVES,
  type CommandRequest,
  type Connection,
  checkOpening,
  Deferred,
  EventListeners,
  errorFromData,
  isLoggedInState,
  whenAborted,
} from '@bercon/core/kit'
import type { TextChannel } from '../channels/text-channel.js'
import type { AnswerMessage, ChannelLink, StateMessage } from './channel-link.js'
import { ExchangeBook } from './exchange-book.js'
import { HostView, refusalIn } from './host-view.js'
import { LinkKeeper } from './link-keeper.js'
import { PendingOpen } from './pending-open.js'
import { type RemoteOptions, type RemoteSettings, remoteOptions } from './remote-options.js'

/**
 * A connection that somebody else has, over a channel: give it to a client as its `connection`. Where the host is logged
 * in, the client needs no `connect`. A lost channel is opened again, with growing waits; it shows as `disconnect` with the
 * reason `channel-lost`, `reconnecting`, and a `gap`. Commands that the host has then fail with `outcome: 'unknown'`,
 * unless they may be sent again.
 *
 * @example
 * ```ts
 * import { MessageChannel } from 'node:worker_threads'
 * import { AsyncRconClient } from '@bercon/client'
 * import { messagePortChannel, RemoteConnection } from '@bercon/remote'
 *
 * const { port1 } = new MessageChannel() // the other port goes to the host
 * const client = new AsyncRconClient({ connection: new RemoteConnection(() => messagePortChannel(port1)) })
 * client.listen('playerMessage', ({ name, message }) => console.log(`${name}: ${message}`))
 * await client.close()
 * ```
 */
export class RemoteConnection implements Connection {
  readonly #settings: RemoteSettings
  readonly #listeners = new EventListeners()
  readonly #links: LinkKeeper
  readonly #book: ExchangeBook
  readonly #host: HostView
  #state: ConnectionState = 'idle'
  // Whether there was a login in this life.
  #wasUp = false
  #closed = new Deferred<Error | undefined>()
  #opening: PendingOpen | undefined
  #target: Target | undefined

  /**
   * @param open opens a channel; called at once, and again after each one that was lost.
   * @throws {@link InvalidArgumentError} naming an argument or option that is wrong.
   */
  constructor(open: () => TextChannel | Promise<TextChannel>, options: RemoteOptions = {}) {
    if (typeof open !== 'function')
      throw new InvalidArgumentError('open', open, 'a function that opens a channel')
    const parts = remoteOptions(options)
    this.#settings = parts.settings
    this.#host = new HostView(parts.clock)
    this.#book = new ExchangeBook(parts.clock, parts.settings)
    this.#links = new LinkKeeper(open, parts, {
      repliesWanted: () => this.#listeners.repliesWanted,
      onState: (message, link) => this.#follow(message, link),
      onAnswer: (message, link) => this.#answered(message, link),
      onEvent: ({ event }) => this.#listeners.emit(event),
      onLost: (error) => this.#lost(error),
    })
    // A turn later, so that a client can subscribe first.
    void Promise.resolve().then(() => {
      if (this.#state === 'idle') this.#links.begin()
    })
  }

  /** The state of the host's connection, as last reported. */
  get state(): ConnectionState {
    return this.#state
  }

  /** As the host said last: at each change of state, and every second while they change. */
  get statistics(): ConnectionStatistics {
    return this.#host.statistics
  }

  get refusal(): LoginRefusedError | undefined {
    return this.#host.refusal
  }

  get closed(): Promise<Error | undefined> {
    return this.#closed.promise
  }

  /** Why the last channel was lost or could not be opened; nothing while there is one. */
  get channelError(): Error | undefined {
    return this.#links.error
  }

  subscribe(
    listener: (event: ConnectionEvent) => void,
    wantsReply?: (command: string) => boolean,
  ): () => void {
    const unsubscribe = this.#listeners.add(listener, wantsReply)
    this.wantsChanged()
    return unsubscribe
  }

  /** Asks the host for the `command` events that listeners want now. */
  wantsChanged(): void {
    this.#links.link?.want()
  }

  /** Has the host log in. Only a host with `control: true` does. */
  async open(target: Target, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    checkOpening(target, options)
    this.#checkOpens()
    if (this.#state === 'closed') this.#beginLife()
    const opening = new PendingOpen(target)
    this.#state = 'connecting'
    this.#opening = opening
    this.#host.refusal = undefined
    const stopListening = whenAborted(options.signal, (reason) => {
      if (this.#opening !== opening) return
      opening.cancel()
      // Logged in already; only the answer has yet to come.
      if (isLoggedInState(this.#state)) this.#opened(opening)
      else this.#failOpening(opening, reason)
    })
    const { present } = this.#host
    if (present === undefined) this.#links.begin()
    else this.#driveOpening(opening, present.message, present.link)
    await opening.promise.finally(stopListening)
  }

  exchange(request: CommandRequest, options: CallOptions = {}): Promise<string> {
    const { text: command } = request
    if (this.#state === 'closed')
      return Promise.reject(this.#host.refusal ?? new ClosedError({ command, outcome: 'not-sent' }))
    // A channel that could not be opened for a login is not opened again by itself.
    if (this.#state === 'idle' && this.#links.error !== undefined)
      return Promise.reject(new NotConnectedError({ command }))
    try {
      return this.#book.add(request, options)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** Ends this use of the connection; the hosted connection goes on, unless its host leaves that to its users. */
  close(): void {
    this.#end(undefined)
  }

  #checkOpens(): void {
    const isUnknown = this.#opening === undefined && !this.#host.isKnown
    if (isUnknown || CONNECTION_MOVES[this.#state].open !== undefined) return
    const { host, port } = this.#opening?.target ?? this.#target ?? { host: this.#settings.name, port: 0 }
    throw new AlreadyConnectedError({ host, port })
  }

  #beginLife(): void {
    this.#closed = new Deferred()
    this.#host.forget()
    this.#wasUp = false
    this.#links.error = undefined
  }

  /** What the host says of its connection: at the start of a channel, and after each change. */
  #follow(message: StateMessage, link: ChannelLink): void {
    const isFirst = this.#host.note(message, link)
    this.#links.attached()
    // Where the next login fails too, each wait is longer than the last.
    if (isLoggedInState(message.state) || !this.#wasUp) this.#links.endWaits()
    if (this.#opening !== undefined) this.#driveOpening(this.#opening, message, link)
    if (this.#opening === undefined) this.#followState(message, isFirst, link)
    this.#book.attach(link, message.window)
  }

  #followState(message: StateMessage, isFirst: boolean, link: ChannelLink): void {
    const { state, control } = message
    const isLoggedIn = isLoggedInState(state)
    if (state === 'closed' || (state === 'refused' && this.#wasUp)) this.#end(this.#host.refusal)
    else if (isLoggedIn || !this.#wasUp) this.#state = state
    else if (state === 'idle' && control && this.#target !== undefined) this.#reopen(this.#target, link)
    else this.#state = 'reconnecting'
    if (!isLoggedIn) return
    this.#wasUp = true
    if (isFirst) this.#tellLogin(message)
  }

  /** The host was logged in before: what its own events would have said. */
  #tellLogin({ at, state }: StateMessage): void {
    const { elapsedMs } = this.#links
    this.#listeners.emit({ type: 'connect', at, address: this.#settings.name, attempts: 0, elapsedMs })
    if (state === 'unresponsive' && this.#state === state)
      this.#listeners.emit({ type: 'unresponsive', at, unanswered: 0, silentMs: 0 })
  }

  #driveOpening(opening: PendingOpen, message: StateMessage, link: ChannelLink): void {
    const turn = opening.turn(message.state, link)
    if (turn === 'ask') opening.ask(link)
    else if (turn === 'done') this.#opened(opening)
    else if (turn === 'foreign')
      this.#failOpening(opening, new AlreadyConnectedError({ host: this.#settings.name, port: 0 }))
    else if (isLoggedInState(message.state)) {
      // Before the event that says so.
      this.#state = message.state
      this.#wasUp = true
    }
  }

  #answered(message: AnswerMessage, link: ChannelLink): void {
    const opening = this.#opening
    if (!opening?.isAnsweredBy(message.id, link)) this.#book.answer(message)
    else if ('reply' in message) this.#opened(opening)
    else if (this.#wasUp) this.#failReopening(opening, errorFromData(message.error), link)
    else this.#failOpening(opening, errorFromData(message.error))
  }

  #opened(opening: PendingOpen): void {
    this.#target = opening.target
    this.#opening = undefined
    opening.resolve()
  }

  #failOpening(opening: PendingOpen, error: unknown): void {
    this.#opening = undefined
    const refusal = refusalIn(error)
    this.#host.refusal = refusal
    this.#state = refusal === undefined ? 'idle' : 'refused'
    opening.reject(error)
  }

  /** The host has begun anew, and has not logged in: as a client would after a lost login. */
  #reopen(target: Target, link: ChannelLink): void {
    this.#state = 'reconnecting'
    this.#opening = new PendingOpen(target)
    this.#opening.ask(link)
  }

  /** The next channel is the next try, unless it was refused. */
  #failReopening(opening: PendingOpen, error: Error, link: ChannelLink): void {
    this.#opening = undefined
    opening.reject(error)
    link.lose(error)
  }

  #lost(error: Error): void {
    this.#links.lose(error)
    this.#book.detach(error)
    const refusal = refusalIn(error)
    if (refusal !== undefined) this.#end(refusal)
    else if (this.#opening !== undefined && !this.#host.isKnown) this.#failOpening(this.#opening, error)
    else this.#comeBack()
  }

  #comeBack(): void {
    const at = this.#host.now
    const wasLoggedIn = isLoggedInState(this.#state)
    const isOpening = this.#opening !== undefined && !this.#wasUp
    this.#state = isOpening ? 'connecting' : 'reconnecting'
    if (wasLoggedIn) this.#listeners.emit({ type: 'disconnect', at, reason: 'channel-lost' })
    // A listener may have closed the connection, and opened it again.
    if (this.state === 'closed' || this.#links.link !== undefined) return
    const wait = this.#links.wait()
    if (!isOpening) this.#listeners.emit({ type: 'reconnecting', at, ...wait })
  }

  /** The end of the connection: no timer, channel or waiting command is left. */
  #end(refusal: LoginRefusedError | undefined): void {
    const wasUp = isLoggedInState(this.#state) || this.#state === 'reconnecting'
    const opening = this.#opening
    this.#opening = undefined
    this.#target = undefined
    this.#state = 'closed'
    this.#host.refusal = refusal ?? this.#host.refusal
    this.#links.leave()
    this.#book.end(refusal)
    opening?.reject(new ClosedError({ command: 'connect', outcome: 'not-sent' }))
    this.#closed.resolve(refusal)
    const at = this.#host.now
    const reason = refusal === undefined ? 'closed' : 'refused'
    if (wasUp) this.#listeners.emit({ type: 'disconnect', at, reason })
  }
}
