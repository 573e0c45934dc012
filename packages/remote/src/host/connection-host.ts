import { CommandDisallowedError, type ConnectionEvent, ReplyTooLargeError } from '@bercon/core'
import {
  Cancellation,
  type CommandRequest,
  type Connection,
  Deferred,
  errorFromData,
  errorToData,
} from '@bercon/core/kit'
import { asError, channelError } from '../channel-error.js'
import { type ClientMessage, VERSION } from '../wire/message.js'
import type { MessageCarrier } from '../wire/message-carrier.js'
import type { Fault } from '../wire/read-message.js'
import type { HostSettings } from './host-options.js'
import { HostSender } from './host-sender.js'
import { HOST_MOVES, type HostState } from './host-state.js'

// What users and the server say; all else is about the connection itself, which every client has to know.
const FILTERED: ReadonlySet<ConnectionEvent['type']> = new Set(['message', 'command', 'malformed'])

/** One user's channel to a hosted connection: the rules of its use, and what it is owed. */
export class ConnectionHost {
  readonly #connection: Connection
  readonly #options: HostSettings
  readonly #sender: HostSender
  readonly #ended = new Deferred<Error | undefined>()
  readonly #exchanges = new Map<number, Cancellation>()
  #state: HostState = 'greeting'
  #unsubscribe: () => void = () => {}
  // Of which commands the other side wants the events; of all if it does not say.
  #replies: ReadonlySet<string> | undefined
  #lastId = 0
  #opening = 0
  #sentState: string | undefined
  #statisticsAt = 0
  #heardAt: number
  #cancelStatistics: (() => void) | undefined
  #cancelSilence: () => void = () => {}

  constructor(connection: Connection, carrier: MessageCarrier, settings: HostSettings) {
    this.#connection = connection
    this.#options = settings
    this.#sender = new HostSender(carrier, settings, (error) => this.#end(error))
    this.#heardAt = settings.clock.now()
    this.#watchSilence(settings.limits.silenceMs)
    carrier.onClose((error) => this.#end(error))
    carrier.onMessage((message) => this.#receive(message))
  }

  get ended(): Promise<Error | undefined> {
    return this.#ended.promise
  }

  get droppedEvents(): number {
    return this.#sender.droppedEvents
  }

  /** Ends the channel; the other side is given the error. */
  close(error?: Error): void {
    this.#sender.send({ type: 'close', error: error && errorToData(error) })
    this.#end(error)
  }

  #receive(message: ClientMessage | Fault): void {
    this.#heardAt = this.#options.clock.now()
    if (message.type === 'fault') {
      this.#fail(message.problem)
      return
    }
    const next = HOST_MOVES[this.#state][message.type]
    if (next === undefined) this.#fail(`"${message.type}" came before "hello"`)
    else this.#handle(message, next)
  }

  #handle(message: ClientMessage, next: HostState): void {
    switch (message.type) {
      case 'hello':
        this.#greet(message, next)
        break
      case 'open':
        if (this.#isNew(message.id)) this.#open(message)
        break
      case 'exchange':
        if (this.#isNew(message.id)) this.#exchange(message)
        break
      case 'cancel':
        if (message.id > this.#lastId) this.#fail('a "cancel" names no command')
        else this.#cancel(message.id)
        break
      case 'close':
        if (this.#options.control) this.#connection.close()
        this.#end(message.error && errorFromData(message.error))
    }
  }

  #greet({ version, replies }: Extract<ClientMessage, { type: 'hello' }>, next: HostState): void {
    if (version !== VERSION) {
      this.#fail(`version ${version} is spoken, and this host speaks version ${VERSION}`)
      return
    }
    this.#replies = replies && new Set(replies)
    if (this.#state === 'greeting')
      this.#unsubscribe = this.#connection.subscribe(
        (event) => this.#pass(event),
        (command) => this.#wantsReply(command),
      )
    else this.#connection.wantsChanged?.()
    this.#state = next
    this.#sendState()
  }

  /** Ids count up, so that no answer can be taken for another's. */
  #isNew(id: number): boolean {
    if (id > this.#lastId) {
      this.#lastId = id
      return true
    }
    this.#fail(`the id ${id} was used before`)
    return false
  }

  #open({ id, target }: Extract<ClientMessage, { type: 'open' }>): void {
    if (!this.#options.control) {
      this.#answerError(id, openRefused())
      return
    }
    if (this.#exchanges.has(this.#opening)) {
      this.#fail('an "open" came while another was under way')
      return
    }
    this.#opening = id
    const signal = this.#begin(id)
    void this.#answerWith(id, () => this.#connection.open(target, { signal }).then(() => ''))
  }

  #exchange(message: Extract<ClientMessage, { type: 'exchange' }>): void {
    const { id, type: _, timeoutMs, ...request } = message
    const { maxExchanges } = this.#options.limits
    if (this.#exchanges.size >= maxExchanges) {
      this.#fail(`more than ${maxExchanges} commands are under way`)
      return
    }
    const refusal = this.#refusalOf(request)
    if (refusal !== undefined) {
      this.#answerError(id, refusal)
      return
    }
    const signal = this.#begin(id)
    const options = { timeoutMs: timeoutMs ?? Number.POSITIVE_INFINITY, signal }
    void this.#answerWith(id, () => this.#connection.exchange(request, options))
  }

  #refusalOf(request: CommandRequest): Error | undefined {
    try {
      const allowed = this.#options.allow(request)
      if (allowed === true) return undefined
      return allowed instanceof Error ? allowed : new CommandDisallowedError({ command: request.text })
    } catch (error) {
      return asError(error)
    }
  }

  #begin(id: number): Cancellation {
    const cancellation = new Cancellation()
    this.#exchanges.set(id, cancellation)
    return cancellation
  }

  #cancel(id: number): void {
    const cancellation = this.#exchanges.get(id)
    this.#exchanges.delete(id)
    cancellation?.abort(channelError('The command was given up by the other side of the channel'))
  }

  async #answerWith(id: number, ask: () => Promise<string>): Promise<void> {
    try {
      const reply = await ask()
      if (this.#exchanges.delete(id)) this.#answer(id, reply)
    } catch (error) {
      if (this.#exchanges.delete(id)) this.#answerError(id, error)
    }
  }

  #answer(id: number, reply: string): void {
    this.#sendChanges()
    if (!this.#sender.send({ type: 'answer', id, reply }))
      this.#answerError(id, new ReplyTooLargeError({ command: `number ${id}` }))
  }

  #answerError(id: number, error: unknown): void {
    this.#sendChanges()
    if (this.#sender.send({ type: 'answer', id, error: errorToData(error) })) return
    // Even its message is too long.
    this.#sender.send({
      type: 'answer',
      id,
      error: errorToData(channelError('The error is too long for a message')),
    })
  }

  #pass(event: ConnectionEvent): void {
    if (this.#state !== 'serving') return
    this.#sendChanges()
    if (this.#isWanted(event)) this.#sender.sendEvent(event)
  }

  #isWanted(event: ConnectionEvent): boolean {
    if (!FILTERED.has(event.type)) return true
    if (event.type === 'command' && !this.#wantsReply(event.text)) return false
    try {
      return this.#options.events(event) === true
    } catch {
      return false
    }
  }

  #wantsReply(command: string): boolean {
    return this.#replies?.has(command) ?? true
  }

  /** Sends the state if it is another, or if statistics are due. */
  #sendChanges(): void {
    const { clock, limits } = this.#options
    const dueInMs = this.#statisticsAt + limits.statisticsIntervalMs - clock.now()
    if (this.#sentState !== this.#connection.state || dueInMs <= 0) this.#sendState()
    else if (dueInMs < Number.POSITIVE_INFINITY)
      this.#cancelStatistics ??= clock.setTimer(() => {
        this.#cancelStatistics = undefined
        this.#sendState()
      }, dueInMs)
  }

  #sendState(): void {
    this.#cancelStatistics?.()
    this.#cancelStatistics = undefined
    const { clock, control, limits, turnEnd } = this.#options
    const { state, statistics, refusal } = this.#connection
    this.#sentState = state
    this.#statisticsAt = clock.now()
    this.#sender.send({
      type: 'state',
      version: VERSION,
      at: clock.wallNow(),
      state,
      control,
      window: limits.maxExchanges,
      statistics,
      bundle: turnEnd === undefined ? undefined : limits.maxMessageLength,
      refusal: refusal && errorToData(refusal),
    })
  }

  #fail(problem: string): void {
    this.close(channelError(`The channel was ended: ${problem}`))
  }

  #watchSilence(silenceMs: number): void {
    const { clock } = this.#options
    const leftMs = this.#heardAt + silenceMs - clock.now()
    if (leftMs <= 0) this.close(channelError(`The channel was ended: nothing came for ${silenceMs} ms`))
    else if (leftMs < Number.POSITIVE_INFINITY)
      this.#cancelSilence = clock.setTimer(() => this.#watchSilence(silenceMs), leftMs)
  }

  /** Leaves no timer and no command behind; the connection goes on. */
  #end(error: Error | undefined): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#unsubscribe()
    this.#cancelStatistics?.()
    this.#cancelSilence()
    // The last first: one in flight that is given up makes room for the next one that waits in the connection.
    for (const id of [...this.#exchanges.keys()].reverse()) this.#cancel(id)
    this.#sender.end()
    this.#ended.resolve(error)
  }
}

function openRefused(): Error {
  const error = new CommandDisallowedError({ command: 'connect' })
  error.message = 'The host of this connection logs in by itself; use the client without connect()'
  return error
}
