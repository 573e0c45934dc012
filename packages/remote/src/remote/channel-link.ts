import type { ClientClock } from '@bercon/core'
import { Deferred, errorFromData, errorToData } from '@bercon/core/kit'
import { asError, channelError } from '../channel-error.js'
import type { TextChannel } from '../channels/text-channel.js'
import { Bundle } from '../wire/bundle.js'
import { type ClientMessage, type HostMessage, VERSION } from '../wire/message.js'
import { type Fault, readHostMessages } from '../wire/read-message.js'
import { LINK_MOVES, type LinkMove, type LinkState } from './link-state.js'
import type { RemoteSettings } from './remote-options.js'

export type StateMessage = Extract<HostMessage, { type: 'state' }>
export type AnswerMessage = Extract<HostMessage, { type: 'answer' }>
type Replies = Extract<ClientMessage, { type: 'hello' }>['replies']
type EventMessage = Extract<HostMessage, { type: 'event' }>

/** What becomes of what a link hears; none of it is called once the link was left. */
export interface LinkOwner {
  /** The commands whose `command` events are wanted; `undefined` for all. */
  repliesWanted(): Replies
  onState(message: StateMessage, link: ChannelLink): void
  onAnswer(message: AnswerMessage, link: ChannelLink): void
  onEvent(message: EventMessage, link: ChannelLink): void
  /** It has ended by itself. */
  onLost(error: Error, link: ChannelLink): void
}

// Two of these in a row without a word of the host, and it is gone.
const MOST_UNANSWERED = 2
// How long a host may take to end a channel that was left.
const LEAVE_MS = 1_000

/** One channel to a host, from its opening to its end. */
export class ChannelLink {
  readonly #clock: ClientClock
  readonly #settings: RemoteSettings
  readonly #owner: LinkOwner
  readonly #over = new Deferred<void>()
  // What a program asks in one go: its promises settle first.
  readonly #bundle = new Bundle(
    (text) => this.#sendText(text),
    (flush) => void Promise.resolve().then(flush),
  )
  #channel: TextChannel | undefined
  #state: LinkState = 'opening'
  // What the last "hello" asked for; `undefined` for all, as before the first.
  #replies: Replies
  #lastId = 0
  #unanswered = 0
  #cancelTimer: () => void

  constructor(
    open: () => Promise<TextChannel>,
    clock: ClientClock,
    settings: RemoteSettings,
    owner: LinkOwner,
  ) {
    this.#clock = clock
    this.#settings = settings
    this.#owner = owner
    const { channelTimeoutMs } = settings
    this.#cancelTimer = clock.setTimer(
      () => this.lose(channelError(`The host of the channel did not answer within ${channelTimeoutMs} ms`)),
      channelTimeoutMs,
    )
    void this.#open(open)
  }

  get state(): LinkState {
    return this.#state
  }

  /** Settles when the channel has ended at both sides, as far as can be known. */
  get over(): Promise<void> {
    return this.#over.promise
  }

  /** An id for a command or a login. */
  nextId(): number {
    return ++this.#lastId
  }

  send(message: ClientMessage): void {
    this.#bundle.add(JSON.stringify(message))
  }

  /** Asks the host for more events if more are wanted than before. For fewer there is time until the next `hello`. */
  want(): void {
    if (areMore(this.#owner.repliesWanted(), this.#replies)) this.#greet()
  }

  /** Says goodbye; the host ends the channel once it has carried that out. */
  leave(): void {
    if (!this.#move('leave')) return
    this.#cancelTimer()
    if (this.#channel === undefined) {
      this.#over.resolve()
      return
    }
    this.send({ type: 'close' })
    this.#bundle.flush()
    this.#cancelTimer = this.#clock.setTimer(() => this.#end(), LEAVE_MS)
  }

  async #open(open: () => Promise<TextChannel>): Promise<void> {
    try {
      const channel = await open()
      if (!this.#move('opened')) {
        channel.close()
        return
      }
      this.#channel = channel
      channel.onClose((error) => this.lose(error ?? channelError('The host ended the channel')))
      channel.onText((text) => this.#receive(text))
      this.#greet()
    } catch (error) {
      this.lose(asError(error))
    }
  }

  /** `false` for a move that the table does not have. */
  #move(move: LinkMove): boolean {
    const next = LINK_MOVES[this.#state][move]
    if (next === undefined) return false
    this.#state = next
    return true
  }

  #receive(text: string): void {
    this.#unanswered = 0
    for (const message of readHostMessages(text, this.#settings.maxMessageLength)) this.#follow(message)
  }

  #follow(message: HostMessage | Fault): void {
    if (this.#state === 'ended') return
    const before = this.#state
    if (message.type === 'fault') this.#fail(message.problem)
    else if (message.type === 'close') this.#refused(message)
    else if (!this.#move(message.type)) this.#fail(`"${message.type}" came before the first "state"`)
    else if (before !== 'leaving') this.#handle(message, before)
  }

  #handle(message: Exclude<HostMessage, { type: 'close' }>, before: LinkState): void {
    switch (message.type) {
      case 'state':
        if (message.version !== VERSION)
          this.#fail(`the host speaks version ${message.version}, and this client version ${VERSION}`)
        else {
          if (before === 'greeting') this.#watch()
          this.#bundle.allow(message.bundle ?? 0)
          this.#owner.onState(message, this)
        }
        break
      case 'answer':
        if (message.id > this.#lastId) this.#fail('an answer names no command')
        else this.#owner.onAnswer(message, this)
        break
      case 'event':
        this.#owner.onEvent(message, this)
    }
  }

  #greet(): void {
    this.#replies = this.#owner.repliesWanted()
    const { maxMessageLength: bundle } = this.#settings
    this.send({ type: 'hello', version: VERSION, bundle, replies: this.#replies })
  }

  /** Asks from time to time how things stand: that shows the host that this side lives, and the reverse. */
  #watch(): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#clock.setTimer(() => {
      if (this.#unanswered >= MOST_UNANSWERED) {
        this.lose(channelError('The host of the channel does not answer'))
        return
      }
      this.#unanswered++
      this.#greet()
      if (this.#state === 'attached') this.#watch()
    }, this.#settings.pingIntervalMs)
  }

  #sendText(text: string): void {
    try {
      this.#channel?.send(text)
    } catch (error) {
      this.lose(asError(error))
    }
  }

  #refused({ error }: Extract<HostMessage, { type: 'close' }>): void {
    this.lose(error === undefined ? channelError('The host ended the channel') : errorFromData(error))
  }

  #fail(problem: string): void {
    const error = channelError(`The channel was ended, because of what its host sent: ${problem}`)
    this.send({ type: 'close', error: errorToData(error) })
    this.lose(error)
  }

  /** Ends it without a goodbye, which a host that its users control takes for the end of the connection. */
  lose(error: Error): void {
    const wasLeft = this.#state === 'leaving'
    if (this.#end() && !wasLeft) this.#owner.onLost(error, this)
  }

  #end(): boolean {
    if (!this.#move('end')) return false
    this.#cancelTimer()
    this.#bundle.flush()
    this.#channel?.close()
    this.#over.resolve()
    return true
  }
}

function areMore(wanted: Replies, before: Replies): boolean {
  if (before === undefined) return false
  return wanted === undefined || wanted.some((command) => !before.includes(command))
}
