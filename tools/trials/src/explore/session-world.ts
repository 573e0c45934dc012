import {
  ClientSession,
  type ClientSessionEvent,
  type ClientSessionOptions,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeText,
} from '@bercon/protocol'
import { type Datagram, type DatagramChoice, Datagrams, inWords, wayOf } from './datagrams.js'
import { History } from './history.js'
import {
  type CommandRecord,
  heard,
  type Ledger,
  lastDeadline,
  newLedger,
  nextCommand,
  noteThrown,
  sendingOf,
} from './ledger.js'
import { SessionGame } from './session-game.js'
import type { Step, World, WorldLimits } from './world.js'

/** One thing that can happen between two sessions. */
export type SessionChoice =
  | DatagramChoice
  /** Time passes until somebody wants to be called; in a walk it can pass further. */
  | { readonly do: 'wait'; readonly moreMs?: number }
  /** The client's user sends the next command; the server's user sends the next message. */
  | { readonly do: 'ask' | 'say' }
  /** The game answers a command that it is executing. */
  | { readonly do: 'answer'; readonly command: number }
  /** The server forgets everything, as in a restart. */
  | { readonly do: 'crash' }
  /** The client's user closes it. */
  | { readonly do: 'close' }

/** What the world needs of a client's session; a seeded bug is a session that misbehaves. */
export type ClientSide = Pick<
  ClientSession,
  | 'login'
  | 'sendCommand'
  | 'receive'
  | 'handleTimeout'
  | 'nextTimeout'
  | 'takeDatagrams'
  | 'takeEvents'
  | 'close'
  | 'state'
>

/** What the world is made with. */
export interface SessionWorldOptions {
  readonly limits: WorldLimits
  readonly session?: Partial<ClientSessionOptions>
  /** @default a `ClientSession` */
  readonly newClient?: (options: Partial<ClientSessionOptions>) => ClientSide
}

const PASSWORD = encodeText('hunter2')
const MOST_RECOVERY_STEPS = 3_000

/** A client's session, a server's session, and the network between them. */
export class SessionWorld implements World<SessionChoice> {
  readonly ledger: Ledger = newLedger()
  readonly steps: Step[] = []
  readonly #limits: WorldLimits
  readonly #client: ClientSide
  readonly #game = new SessionGame(PASSWORD, this.ledger, (text) => this.#note(text))
  readonly #inTransit = new Datagrams()
  readonly #commandOf = new Map<number, CommandRecord>()
  #used = { losses: 0, copies: 0, crashes: 0, closes: 0 }
  // Sessions are functions of what they are given, so this is all that can matter later.
  readonly #clientHistory = new History()
  readonly #serverHistory = new History()

  constructor({
    limits,
    session = {},
    newClient = (options) => new ClientSession(options),
  }: SessionWorldOptions) {
    this.#limits = limits
    this.#client = newClient(session)
    this.#client.login(PASSWORD, 0)
    this.#drain()
  }

  choices(): readonly SessionChoice[] {
    const { losses, copies, crashes, closes, commands, messages } = this.#limits
    const canCopy = this.#used.copies < copies
    const choices: SessionChoice[] = [...this.#inTransit.choices(this.#used.losses < losses, canCopy)]
    for (const { id } of this.#game.open) choices.push({ do: 'answer', command: id })
    if (this.#nextTimeout() < Number.POSITIVE_INFINITY) choices.push({ do: 'wait' })
    const isOpen = this.ledger.client.state !== 'ended'
    if (isOpen && this.ledger.commands.length < commands.length) choices.push({ do: 'ask' })
    if (this.ledger.messages.length < messages && this.#game.hasPeer) choices.push({ do: 'say' })
    if (this.#used.crashes < crashes && this.#canCrash()) choices.push({ do: 'crash' })
    if (isOpen && this.#used.closes < closes) choices.push({ do: 'close' })
    return choices
  }

  take(choice: SessionChoice): void {
    try {
      this.#act(choice)
      this.#drain()
    } catch (error) {
      noteThrown(this.ledger, error)
    }
  }

  fingerprint(): string {
    const { losses, copies, crashes, closes } = this.#used
    const open = this.#game.open.map(({ id }) => id)
    return `${this.ledger.now} ${this.#clientHistory.hash} ${this.#serverHistory.hash} ${this.#inTransit.fingerprint} ${open} ${losses}${copies}${crashes}${closes}`
  }

  finish(): void {
    const until = lastDeadline(this.ledger, this.ledger.now) + 20_000
    for (let step = 0; step < MOST_RECOVERY_STEPS; step++) {
      const [open] = this.#game.open
      const datagram = this.#inTransit.first
      if (datagram !== undefined) this.take({ do: 'deliver', datagram: datagram.id })
      else if (open !== undefined) this.take({ do: 'answer', command: open.id })
      else if (this.#nextTimeout() <= until) this.take({ do: 'wait' })
      else break
      if (this.ledger.thrown !== undefined) return
    }
    this.ledger.isOver = true
  }

  #canCrash(): boolean {
    if (!this.#game.hasPeer) return false
    const isLoginUnderWay = !this.ledger.client.isLetIn || this.#inTransit.hasLogin
    return this.#limits.crashesDuringLogin === true || !isLoginUnderWay
  }

  #nextTimeout(): number {
    return Math.min(this.#client.nextTimeout() ?? Number.POSITIVE_INFINITY, this.#game.nextTimeout)
  }

  #act(choice: SessionChoice): void {
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
        this.#wait(choice.moreMs ?? 0)
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
        this.#heard('server', 'crash')
        this.#game.restart()
        break
      case 'close':
        this.#used.closes++
        this.#note('the client is closed')
        this.#heard('client', 'close')
        this.#client.close(this.ledger.now)
    }
  }

  #deliver(datagram: Datagram): void {
    const { to, bytes } = datagram
    this.#note(wayOf(datagram))
    this.#heard(to, bytes)
    if (to === 'server') this.#game.receive(bytes, this.ledger.now)
    else {
      const packet = decodeServerPacket(bytes)
      if (packet.type === 'login' && packet.accepted) this.ledger.client.isLetIn = true
      this.#client.receive(bytes, this.ledger.now)
    }
  }

  #wait(moreMs: number): void {
    const { ledger } = this
    const before = ledger.now
    ledger.now = Math.max(ledger.now, this.#nextTimeout()) + moreMs
    ledger.stuckTimeouts = ledger.now > before ? 0 : ledger.stuckTimeouts + 1
    if ((this.#client.nextTimeout() ?? Number.POSITIVE_INFINITY) <= ledger.now) {
      this.#heard('client', 'timeout')
      this.#client.handleTimeout(ledger.now)
    }
    if (this.#game.nextTimeout <= ledger.now) {
      this.#heard('server', 'timeout')
      this.#game.handleTimeout(ledger.now)
    }
  }

  #ask(): void {
    const { now } = this.ledger
    const command = nextCommand(this.ledger, this.#limits.commands, now)
    const { text, resend, timeoutMs } = command
    this.#note(sendingOf(command))
    this.#heard('client', text)
    this.#commandOf.set(this.#client.sendCommand(encodeText(text), { resend, timeoutMs }, now), command)
  }

  #say(): void {
    const text = `m${this.ledger.messages.length}`
    this.#heard('server', text)
    this.#game.say(text)
  }

  #answer(id: number): void {
    const command = this.#game.open.find((each) => each.id === id)
    if (command === undefined) return
    this.#heard('server', `answer ${id}`)
    this.#game.answer(command)
  }

  /** Sends and reports what the sessions want to, until they want nothing more. */
  #drain(): void {
    for (;;) {
      // Datagrams first, as the drivers do: an acknowledgment is on its way before the user hears.
      const fromClient = this.#client.takeDatagrams()
      const fromServer = this.#game.takeDatagrams()
      for (const bytes of fromClient) this.#sent(bytes)
      for (const bytes of fromServer) this.#inTransit.send('client', bytes)
      const clientEvents = this.#client.takeEvents()
      const serverEvents = this.#game.takeEvents()
      for (const event of clientEvents) this.#clientEvent(event)
      for (const event of serverEvents) this.#game.handle(event)
      if (fromClient.length + fromServer.length + clientEvents.length + serverEvents.length === 0) break
    }
    const { client } = this.ledger
    client.nextTimeout = this.#client.nextTimeout() ?? Number.POSITIVE_INFINITY
    if (!['logging-in', 'logged-in'].includes(this.#client.state)) client.state = 'ended'
  }

  #sent(bytes: Uint8Array): void {
    const { client, now, commands } = this.ledger
    const packet = decodeClientPacket(bytes)
    if (packet.type === 'login') client.lastCommandAt = now
    // A message can overtake the answer to the login, and is acknowledged at once (W15).
    else if (!client.isLetIn && packet.type !== 'acknowledgement') client.early++
    if (client.state === 'ended') client.late++
    if (packet.type === 'command') {
      client.lastCommandAt = now
      commands.find(({ text }) => text === decodeText(packet.bytes))?.sequences.push(packet.sequence)
    }
    this.#inTransit.send('server', bytes)
  }

  #clientEvent(event: ClientSessionEvent): void {
    const { ledger } = this
    if (event.type === 'logged-in') {
      ledger.client.state = 'logged-in'
      ledger.client.logins++
      this.#note('the client is logged in')
    }
    if (event.type === 'message') {
      const text = decodeText(event.bytes)
      heard(ledger, text)
      this.#note(`the user receives ${text}`)
    }
    if ((event.type === 'reply' || event.type === 'failure') && event.id !== 0) this.#settled(event)
  }

  #settled(event: Extract<ClientSessionEvent, { type: 'reply' | 'failure' }>): void {
    const command = this.#commandOf.get(event.id)
    if (command === undefined) {
      this.ledger.strange.push(`an outcome for command ${event.id}`)
      return
    }
    if (event.type === 'failure') command.outcomes.push({ type: 'failure', outcome: event.outcome })
    else command.outcomes.push({ type: 'reply', text: decodeText(event.bytes), mixed: event.mixed === true })
    const what = event.type === 'reply' ? `reply ${decodeText(event.bytes)}` : `failure, ${event.outcome}`
    this.#note(`${command.text} settles: ${what}`)
  }

  #heard(side: 'client' | 'server', what: string | Uint8Array): void {
    const history = side === 'client' ? this.#clientHistory : this.#serverHistory
    history.add(this.ledger.now, what)
  }

  #note(text: string): void {
    this.steps.push({ atMs: this.ledger.now, text })
  }
}
