import { type Connection, type ConnectionParts, isLoggedInState, ServerConnection } from '@bercon/core/kit'
import { type BreakablePart, BreakableTransport } from './breakable-transport.js'
import { type Datagram, type DatagramChoice, Datagrams, inWords, wayOf } from './datagrams.js'
import { HearingUser } from './hearing-user.js'
import { History } from './history.js'
import { follow, type Ledger, lastDeadline, newLedger, nextCommand, noteThrown, sendingOf } from './ledger.js'
import { ServedGame } from './served-game.js'
import { drained, StepClock } from './step-clock.js'
import type { Step, World, WorldLimits } from './world.js'

/** One thing that can happen to a connection. */
export type ConnectionChoice =
  | DatagramChoice
  | { readonly do: 'wait'; readonly moreMs?: number }
  | { readonly do: 'ask' | 'say' | 'crash' | 'close' }
  | { readonly do: 'answer'; readonly command: number }
  /** The server is away until the client has noticed, and then begins anew. */
  | { readonly do: 'outage' }
  /** The client's user opens the connection again after its end. */
  | { readonly do: 'open' }
  /** The next lookup of the address, or the next socket, fails. */
  | { readonly do: `break-${BreakablePart}` }

/** How much may go wrong around a connection. */
export interface ConnectionLimits extends WorldLimits {
  readonly outages: number
  readonly opens: number
  /** Lookups and sockets that fail. */
  readonly breaks: number
}

export type NewConnection = (parts: ConnectionParts) => Connection

const PASSWORD = 'hunter2'
const TARGET = { host: 'game.example', port: 2306, password: PASSWORD }
const [MOST_OUTAGE_STEPS, MOST_RECOVERY_STEPS] = [500, 3_000]
const RECOVERY_MS = 60_000
const NO_WAITS = { playersIntervalMs: 0, reconnectJitter: 0 }

/** A real connection over any number of logins, a server with a session for each of its sockets, and the network. */
export class ConnectionWorld implements World<ConnectionChoice> {
  readonly ledger: Ledger = newLedger()
  readonly steps: Step[] = []
  readonly #limits: ConnectionLimits
  readonly #clock = new StepClock()
  readonly #connection: Connection
  readonly #game = new ServedGame(PASSWORD, this.ledger, (text) => this.#note(text))
  readonly #user = new HearingUser(this.ledger, (text) => this.#note(text))
  // Connections and servers decide by what they are given, so this is all that can matter later.
  readonly #clientHistory = new History()
  readonly #serverHistory = new History()
  readonly #used = { losses: 0, copies: 0, crashes: 0, closes: 0, outages: 0, opens: 0, breaks: 0 }
  readonly #inTransit = new Datagrams()
  readonly #transport = new BreakableTransport({
    inTransit: this.#inTransit,
    ledger: this.ledger,
    now: () => this.#clock.now(),
    note: (text) => this.#note(text),
  })

  private constructor(limits: ConnectionLimits, newConnection: NewConnection) {
    this.#limits = limits
    this.#connection = newConnection({ clock: this.#clock, random: () => 0, transport: this.#transport })
    this.#connection.subscribe(this.#user.hear)
  }

  static async begin(
    limits: ConnectionLimits,
    newConnection: NewConnection = (parts) => new ServerConnection(parts, NO_WAITS),
  ): Promise<ConnectionWorld> {
    const world = new ConnectionWorld(limits, newConnection)
    world.#openConnection()
    await world.#settle()
    return world
  }

  choices(): readonly ConnectionChoice[] {
    const { losses, copies, crashes, closes, commands, messages, outages, opens, breaks } = this.#limits
    const used = this.#used
    const canCopy = used.copies < copies
    const choices: ConnectionChoice[] = [...this.#inTransit.choices(used.losses < losses, canCopy)]
    for (const { id } of this.#game.open) choices.push({ do: 'answer', command: id })
    if (this.#clock.next < Number.POSITIVE_INFINITY) choices.push({ do: 'wait' })
    const { state } = this.#connection
    const isOpen = state !== 'closed' && state !== 'idle'
    if (isOpen && this.ledger.commands.length < commands.length) choices.push({ do: 'ask' })
    if (this.ledger.messages.length < messages && this.#game.hasPeer) choices.push({ do: 'say' })
    if (used.crashes < crashes && isLoggedInState(state) && !this.#inTransit.hasLogin)
      choices.push({ do: 'crash' })
    if (used.outages < outages && isLoggedInState(state)) choices.push({ do: 'outage' })
    if (used.closes < closes && isOpen) choices.push({ do: 'close' })
    if (used.opens < opens && !isOpen) choices.push({ do: 'open' })
    if (used.breaks < breaks && this.#transport.broken === undefined)
      choices.push({ do: 'break-lookup' }, { do: 'break-socket' })
    return choices
  }

  async take(choice: ConnectionChoice): Promise<void> {
    try {
      await this.#act(choice)
      await this.#settle()
    } catch (error) {
      noteThrown(this.ledger, error)
    }
  }

  fingerprint(): string {
    const open = this.#game.open.map(({ text, socket }) => `${text}/${socket}`)
    const { broken } = this.#transport
    return `${this.#clock.now()} ${broken} ${this.#clientHistory.hash} ${this.#serverHistory.hash} ${this.#inTransit.fingerprint} ${open} ${Object.values(this.#used)}`
  }

  async finish(): Promise<void> {
    this.#transport.broken = undefined
    const until = lastDeadline(this.ledger, this.#clock.now()) + RECOVERY_MS
    for (let step = 0; step < MOST_RECOVERY_STEPS; step++) {
      const datagram = this.#inTransit.first
      const [open] = this.#game.open
      if (datagram !== undefined) await this.take({ do: 'deliver', datagram: datagram.id })
      else if (open !== undefined) await this.take({ do: 'answer', command: open.id })
      else if (this.#nextTimeout <= until) await this.take({ do: 'wait' })
      else break
      if (this.ledger.thrown !== undefined) return
    }
    const { state } = this.#connection
    if (this.#user.wasUp && state !== 'connected') this.ledger.missing = `the connection is ${state}`
    this.ledger.isOver = true
    this.#connection.close()
    await this.#settle()
  }

  get #nextTimeout(): number {
    return Math.min(this.#clock.next, this.#game.nextTimeout)
  }

  async #act(choice: ConnectionChoice): Promise<void> {
    switch (choice.do) {
      case 'deliver':
        this.#deliver(this.#inTransit.take(choice.datagram))
        break
      case 'lose':
        this.#used.losses++
        this.#note(`      ${inWords(this.#inTransit.take(choice.datagram))} is lost`)
        break
      case 'copy':
        this.#used.copies++
        this.#note(`      ${inWords(this.#inTransit.copy(choice.datagram, this.ledger))} is copied`)
        break
      case 'wait':
        await this.#wait(choice.moreMs ?? 0)
        break
      case 'ask':
        this.#ask()
        break
      case 'say':
        this.#say()
        break
      case 'answer':
        this.#answer(choice.command)
        break
      case 'crash':
        this.#used.crashes++
        this.#restart()
        break
      case 'outage':
        await this.#outage()
        break
      case 'close':
        this.#used.closes++
        this.#note('the client is closed')
        this.#given('client', 'close')
        this.#user.wasUp = false
        this.#connection.close()
        break
      case 'open':
        this.#used.opens++
        this.#note('the client is opened again')
        this.#given('client', 'open')
        this.#openConnection()
        break
      case 'break-lookup':
      case 'break-socket':
        this.#used.breaks++
        this.#transport.broken = choice.do === 'break-socket' ? 'socket' : 'lookup'
    }
  }

  #openConnection(): void {
    this.ledger.client.state = 'logging-in'
    this.#connection.open(TARGET).catch(() => {})
  }

  #deliver(datagram: Datagram): void {
    const { to, socket, bytes } = datagram
    this.#given(to, `${socket}`)
    this.#given(to, bytes)
    this.#note(wayOf(datagram))
    if (to === 'client') this.#transport.deliver(socket, bytes)
    // Not by a login that is minutes late: the client would take the messages of the second session for those of the
    // first, because their sequences are the same.
    else this.#game.receive(socket, bytes, this.#clock.now(), !this.#transport.isLetIn(socket))
  }

  /** Time passes to the next timer of anybody; what is due then rings. */
  async #wait(moreMs: number): Promise<void> {
    const clock = this.#clock
    const before = clock.now()
    for (const side of ['client', 'server'] as const) this.#given(side, `wait ${moreMs}`)
    clock.jumpTo(this.#nextTimeout + moreMs)
    this.ledger.stuckTimeouts = clock.now() > before ? 0 : this.ledger.stuckTimeouts + 1
    const due = clock.now()
    while (clock.next <= due) {
      clock.ring()
      await drained()
    }
    this.#game.handleTimeouts(due)
  }

  #ask(): void {
    const command = nextCommand(this.ledger, this.#limits.commands, this.#clock.now())
    const { text, resend, timeoutMs } = command
    this.#note(sendingOf(command))
    this.#given('client', text)
    follow(command, this.#connection.exchange({ text, resend }, { timeoutMs }))
  }

  #say(): void {
    const { messages } = this.ledger
    const text = `m${messages.length}`
    this.#given('server', text)
    if (!this.#game.say(text, this.#clock.now())) return
    // A user that does not know yet that it is logged in misses nothing that it could know of.
    messages.push({ text, heard: 0, acknowledged: false, owed: this.#user.isUp })
    this.#note(`                          the game says ${text}`)
  }

  #answer(id: number): void {
    const command = this.#game.open.find((each) => each.id === id)
    if (command === undefined) return
    this.#note(`                          the game answers ${command.text}`)
    this.#given('server', `answer ${command.text} ${command.socket}`)
    this.#game.answer(command)
  }

  #restart(): void {
    this.#game.restart()
    this.#given('server', 'restart')
    this.#note('                          the server restarts')
  }

  async #outage(): Promise<void> {
    this.#used.outages++
    this.#note('      the server is away until the client has noticed')
    for (let step = 0; step < MOST_OUTAGE_STEPS && isLoggedInState(this.#connection.state); step++) {
      this.#inTransit.drop(() => true)
      this.#given('client', 'outage')
      this.#clock.ring()
      await this.#settle()
    }
    this.#inTransit.drop(() => true)
    this.#restart()
  }

  /** Lets everybody do what they want to do now, and notes how they stand. */
  async #settle(): Promise<void> {
    await drained()
    for (const { socket, bytes } of this.#game.takeDatagrams())
      if (this.#transport.isOpen(socket)) this.#inTransit.send('client', bytes, socket)
    const { ledger } = this
    const { state } = this.#connection
    ledger.now = this.#clock.now()
    ledger.client.nextTimeout = this.#clock.next
    if (isLoggedInState(state)) ledger.client.state = 'logged-in'
    else ledger.client.state = state === 'connecting' || state === 'reconnecting' ? 'logging-in' : 'ended'
    const open = this.#transport.openSockets
    if (state === 'closed' && this.#clock.timers + open > 0)
      ledger.left = `${this.#clock.timers} timers and ${open} sockets of a connection that is closed`
  }

  #given(side: 'client' | 'server', what: string | Uint8Array): void {
    const history = side === 'client' ? this.#clientHistory : this.#serverHistory
    history.add(this.#clock.now(), what)
  }

  #note(text: string): void {
    this.steps.push({ atMs: this.#clock.now(), text })
  }
}
