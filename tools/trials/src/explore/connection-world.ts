import {
  type ConnectedSocket,
  type Connection,
  type ConnectionParts,
  isLoggedInState,
  type Receiver,
  ServerConnection,
} from '@bercon/core/kit'
import {
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeText,
  ServerSession,
} from '@bercon/protocol'
import { History, hashOf } from './history.js'
import { follow, type Ledger, newCommand, newLedger, replyOf } from './ledger.js'
import { inWords } from './session-world.js'
import { drained, StepClock } from './step-clock.js'
import { ToldUser } from './told-user.js'
import type { Step, World, WorldLimits } from './world.js'

/** One thing that can happen to a connection. */
export type ConnectionChoice =
  | { readonly do: 'deliver' | 'lose' | 'copy'; readonly datagram: number }
  | { readonly do: 'wait'; readonly moreMs?: number }
  | { readonly do: 'ask' | 'say' | 'crash' | 'close' }
  | { readonly do: 'answer'; readonly command: number }
  /** The server is away until the client has noticed, and then begins anew. */
  | { readonly do: 'outage' }
  /** The client's user opens the connection again after its end. */
  | { readonly do: 'open' }
  /** The next look-up of the address, or the next socket, fails. */
  | { readonly do: 'break-look-up' | 'break-socket' }

/** How much may go wrong around a connection. */
export interface ConnectionLimits extends WorldLimits {
  readonly outages: number
  readonly opens: number
  /** Look-ups and sockets that fail. */
  readonly breaks: number
}

export type NewConnection = (parts: ConnectionParts) => Connection

interface InTransit {
  readonly id: number
  readonly to: 'client' | 'server'
  readonly socket: Socket
  readonly bytes: Uint8Array
}

interface Socket {
  readonly id: number
  readonly receiver: Receiver
  server: ServerSession
  state: 'open' | 'closed'
  isLetIn: boolean
}

/** A command that the game executes. */
interface Execution {
  readonly id: number
  /** Its id in the session of its socket. */
  readonly session: number
  readonly socket: Socket
  readonly text: string
  readonly execution: number
}

const PASSWORD = 'hunter2'
const TARGET = { host: 'game.example', port: 2306, password: PASSWORD }
// Each socket has sequences of its own.
const SEQUENCES = 256
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
  readonly #sockets: Socket[] = []
  readonly #user = new ToldUser(this.ledger, (text) => this.#note(text))
  // Connections and servers decide by what they are given, so this is all that can matter later.
  readonly #clientHistory = new History()
  readonly #serverHistory = new History()
  readonly #used = { losses: 0, copies: 0, crashes: 0, closes: 0, outages: 0, opens: 0, breaks: 0 }
  #inTransit: InTransit[] = []
  // Commands that the game executes and has not answered yet.
  #open: Execution[] = []
  #lastDatagram = 0
  #lastCommand = 0
  #broken = { lookUp: false, socket: false }

  private constructor(limits: ConnectionLimits, newConnection: NewConnection) {
    this.#limits = limits
    this.#connection = newConnection({
      clock: this.#clock,
      random: () => 0,
      transport: {
        resolve: async (host) => this.#resolve(host),
        open: async (_address, _port, receiver) => this.#openSocket(receiver),
      },
    })
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
    const choices: ConnectionChoice[] = []
    const alike = new Set<string>()
    for (const { id, to, socket, bytes } of this.#inTransit) {
      const key = `${to}${socket.id} ${bytes}`
      if (alike.has(key)) continue
      alike.add(key)
      choices.push({ do: 'deliver', datagram: id })
      if (used.losses < losses) choices.push({ do: 'lose', datagram: id })
      if (used.copies < copies) choices.push({ do: 'copy', datagram: id })
    }
    for (const { id } of this.#open) choices.push({ do: 'answer', command: id })
    if (this.#clock.next < Number.POSITIVE_INFINITY) choices.push({ do: 'wait' })
    const { state } = this.#connection
    const isOpen = state !== 'closed' && state !== 'idle'
    if (isOpen && this.ledger.commands.length < commands.length) choices.push({ do: 'ask' })
    if (this.ledger.messages.length < messages && this.#peer !== undefined) choices.push({ do: 'say' })
    if (used.crashes < crashes && isLoggedInState(state) && !this.#isLoginUnderWay)
      choices.push({ do: 'crash' })
    if (used.outages < outages && isLoggedInState(state)) choices.push({ do: 'outage' })
    if (used.closes < closes && isOpen) choices.push({ do: 'close' })
    if (used.opens < opens && !isOpen) choices.push({ do: 'open' })
    if (used.breaks < breaks && !this.#broken.lookUp && !this.#broken.socket)
      choices.push({ do: 'break-look-up' }, { do: 'break-socket' })
    return choices
  }

  async take(choice: ConnectionChoice): Promise<void> {
    try {
      await this.#act(choice)
      await this.#settle()
    } catch (error) {
      this.ledger.thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    }
  }

  fingerprint(): string {
    const transit = this.#inTransit
      .map(({ to, socket, bytes }) => `${to[0]}${socket.id}${hashOf(0, bytes)}`)
      .sort()
    const open = this.#open.map(({ text, socket }) => `${text}/${socket.id}`)
    const broken = JSON.stringify(this.#broken)
    return `${this.#clock.now()} ${broken} ${this.#clientHistory.hash} ${this.#serverHistory.hash} ${transit} ${open} ${Object.values(this.#used)}`
  }

  async finish(): Promise<void> {
    this.#broken = { lookUp: false, socket: false }
    const longest = Math.max(0, ...this.ledger.commands.map(({ askedAt, timeoutMs }) => askedAt + timeoutMs))
    const until = Math.max(this.#clock.now(), longest) + RECOVERY_MS
    for (let step = 0; step < MOST_RECOVERY_STEPS; step++) {
      const [datagram] = this.#inTransit
      const [open] = this.#open
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

  /** The session of the server that has the newest login. */
  get #peer(): Socket | undefined {
    return this.#sockets.findLast(({ server }) => server.state === 'logged-in')
  }

  get #isLoginUnderWay(): boolean {
    return this.#inTransit.some(
      ({ to, bytes }) => to === 'server' && decodeClientPacket(bytes).type === 'login',
    )
  }

  get #nextTimeout(): number {
    return Math.min(
      this.#clock.next,
      ...this.#sockets.map(({ server }) => server.nextTimeout() ?? Number.POSITIVE_INFINITY),
    )
  }

  async #act(choice: ConnectionChoice): Promise<void> {
    switch (choice.do) {
      case 'deliver':
        this.#deliver(this.#remove(choice.datagram))
        break
      case 'lose':
        this.#used.losses++
        this.#note(`      ${wordsOf(this.#remove(choice.datagram))} is lost`)
        break
      case 'copy':
        this.#copy(choice.datagram)
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
      case 'break-look-up':
      case 'break-socket':
        this.#used.breaks++
        this.#broken[choice.do === 'break-socket' ? 'socket' : 'lookUp'] = true
    }
  }

  #openConnection(): void {
    this.ledger.client.state = 'logging-in'
    this.#connection.open(TARGET).catch(() => {})
  }

  async #resolve(host: string): Promise<readonly string[]> {
    this.#note(`the client looks ${host} up`)
    if (!this.#broken.lookUp) return ['192.0.2.1']
    this.#broken.lookUp = false
    this.#note('      the look-up fails')
    throw new Error('no such host')
  }

  #openSocket(receiver: Receiver): ConnectedSocket {
    if (this.#broken.socket) {
      this.#broken.socket = false
      this.#note('      the socket cannot be opened')
      throw new Error('no socket')
    }
    const id = this.#sockets.length
    const socket: Socket = { id, receiver, server: newServer(), state: 'open', isLetIn: false }
    this.#sockets.push(socket)
    return {
      send: (bytes) => this.#sent(socket, bytes),
      close: () => {
        socket.state = 'closed'
        this.#inTransit = this.#inTransit.filter((each) => each.socket !== socket || each.to === 'server')
      },
    }
  }

  #sent(socket: Socket, bytes: Uint8Array): void {
    const { client, commands } = this.ledger
    const packet = decodeClientPacket(bytes)
    // A message can overtake the answer to the login, and is acknowledged at once (W15).
    if (packet.type === 'command' && !socket.isLetIn) client.early++
    if (socket.state === 'closed') client.late++
    if (packet.type === 'command' || packet.type === 'login') client.lastCommandAt = this.#clock.now()
    if (packet.type === 'command')
      commands
        .find(({ text }) => text === decodeText(packet.bytes))
        ?.sequences.push(socket.id * SEQUENCES + packet.sequence)
    this.#send('server', socket, bytes)
  }

  #send(to: 'client' | 'server', socket: Socket, bytes: Uint8Array): void {
    this.#inTransit.push({ id: ++this.#lastDatagram, to, socket, bytes })
  }

  #deliver(datagram: InTransit): void {
    const { to, socket, bytes } = datagram
    this.#given(to, `${socket.id}`)
    this.#given(to, bytes)
    this.#note(
      to === 'server'
        ? `client ---> server  ${wordsOf(datagram)}`
        : `client <--- server  ${wordsOf(datagram)}`,
    )
    if (to === 'server') {
      // A peer that the server has forgotten is a new one. Not by a login that is minutes late: the client would take the
      // messages of the second session for those of the first, because their sequences are the same.
      if (socket.server.state === 'expired' && !socket.isLetIn) socket.server = newServer()
      socket.server.receive(bytes, this.#clock.now())
    } else {
      const packet = decodeServerPacket(bytes)
      if (packet.type === 'login' && packet.accepted) socket.isLetIn = true
      socket.receiver.onDatagram(bytes)
    }
  }

  #remove(id: number): InTransit {
    const at = this.#inTransit.findIndex((each) => each.id === id)
    const [datagram] = this.#inTransit.splice(at, 1)
    if (at < 0 || datagram === undefined) throw new Error(`datagram ${id} is not on its way`)
    return datagram
  }

  #copy(id: number): void {
    this.#used.copies++
    const original = this.#inTransit.find((each) => each.id === id)
    if (original === undefined) return
    this.#inTransit.push({ ...original, id: ++this.#lastDatagram })
    const packet = original.to === 'server' ? decodeClientPacket(original.bytes) : undefined
    if (packet?.type === 'command') {
      const command = this.ledger.commands.find(({ text }) => text === decodeText(packet.bytes))
      if (command !== undefined) command.copies++
    }
    this.#note(`      ${wordsOf(original)} is copied`)
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
    for (const { server } of this.#sockets)
      if ((server.nextTimeout() ?? Number.POSITIVE_INFINITY) <= due) server.handleTimeout(due)
  }

  #ask(): void {
    const { commands } = this.ledger
    const resend = this.#limits.commands[commands.length] ?? false
    const command = newCommand(`c${commands.length}`, resend, this.#clock.now(), resend ? 30_000 : 10_000)
    commands.push(command)
    this.#note(`the user sends ${command.text}${resend ? '' : ', once'}`)
    const { text, timeoutMs } = command
    this.#given('client', text)
    follow(command, this.#connection.exchange({ text, resend }, { timeoutMs }))
  }

  #say(): void {
    const { messages } = this.ledger
    const text = `m${messages.length}`
    this.#given('server', text)
    if (this.#peer?.server.sendMessage(encodeText(text), this.#clock.now()) !== true) return
    // Whoever does not know yet that it is logged in misses nothing that it could know of.
    messages.push({ text, told: 0, acknowledged: false, owed: this.#user.isUp })
    this.#note(`                          the game says ${text}`)
  }

  #answer(id: number): void {
    const at = this.#open.findIndex((each) => each.id === id)
    const [command] = this.#open.splice(at, 1)
    if (at < 0 || command === undefined) return
    this.#note(`                          the game answers ${command.text}`)
    this.#given('server', `answer ${command.text} ${command.socket.id}`)
    command.socket.server.reply(command.session, encodeText(replyOf(command.text, command.execution)))
  }

  /** Every session of the server is gone, and what it was executing. */
  #restart(): void {
    for (const socket of this.#sockets) socket.server = newServer()
    this.#open = []
    this.#given('server', 'restart')
    this.#note('                          the server restarts')
  }

  async #outage(): Promise<void> {
    this.#used.outages++
    this.#note('      the server is away until the client has noticed')
    for (let step = 0; step < MOST_OUTAGE_STEPS && isLoggedInState(this.#connection.state); step++) {
      this.#inTransit = []
      this.#given('client', 'outage')
      this.#clock.ring()
      await this.#settle()
    }
    this.#inTransit = []
    this.#restart()
  }

  /** Lets everybody do what they want to do now, and notes how they stand. */
  async #settle(): Promise<void> {
    await drained()
    for (const socket of this.#sockets) this.#serve(socket)
    const { ledger } = this
    const { state } = this.#connection
    ledger.now = this.#clock.now()
    ledger.client.nextTimeout = this.#clock.next
    if (isLoggedInState(state)) ledger.client.state = 'logged-in'
    else ledger.client.state = state === 'connecting' || state === 'reconnecting' ? 'logging-in' : 'ended'
    const open = this.#sockets.filter((socket) => socket.state === 'open').length
    if (state === 'closed' && this.#clock.timers + open > 0)
      ledger.left = `${this.#clock.timers} timers and ${open} sockets of a connection that is closed`
  }

  #serve(socket: Socket): void {
    const { server } = socket
    for (const event of server.takeEvents()) {
      if (event.type !== 'command') continue
      const text = decodeText(event.bytes)
      if (text === '') {
        server.reply(event.id, event.bytes)
        continue
      }
      const command = this.ledger.commands.find((each) => each.text === text)
      const execution = command === undefined ? 0 : command.executions++
      this.#open.push({ id: ++this.#lastCommand, session: event.id, socket, text, execution })
      this.#note(`                          the game executes ${text}`)
    }
    for (const bytes of server.takeDatagrams())
      if (socket.state === 'open') this.#send('client', socket, bytes)
  }

  #given(side: 'client' | 'server', what: string | Uint8Array): void {
    const history = side === 'client' ? this.#clientHistory : this.#serverHistory
    history.add(this.#clock.now(), what)
  }

  #note(text: string): void {
    this.steps.push({ atMs: this.#clock.now(), text })
  }
}

function newServer(): ServerSession {
  return new ServerSession(encodeText(PASSWORD), { partBytes: 8, replyBurstIntervalMs: 0 })
}

function wordsOf({ to, bytes }: InTransit): string {
  return inWords(to === 'server' ? decodeClientPacket(bytes) : decodeServerPacket(bytes))
}
