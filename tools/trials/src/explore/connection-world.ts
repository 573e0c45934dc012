import { type ConnectedSocket, isLoggedInState, type Receiver, ServerConnection } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { decodeClientPacket, decodeText, encodeText, ServerSession } from '@bercon/protocol'
import { createRandom, type Random } from '@bercon/protocol/link'
import { type CommandRecord, type Ledger, newLedger, replyOf } from './ledger.js'

/** What happens to a connection in a trial. */
export interface ConnectionTrial {
  readonly seed: number
  readonly steps: number
  readonly loss: number
  /** Share of the steps in which the server restarts, with all that it knew. */
  readonly crashes: number
}

/**
 * A `ServerConnection` over a network and a server that do whatever chance wants, for so many steps. Then everybody
 * recovers. Its promises are those of a session, over any number of logins.
 */
export async function runConnectionTrial(trial: ConnectionTrial): Promise<Ledger> {
  const world = new ConnectionWorld(trial)
  await world.run()
  return world.ledger
}

interface Datagram {
  readonly bytes: Uint8Array
  readonly arrive: (bytes: Uint8Array) => void
}

const PASSWORD = 'hunter2'
// Each socket has sequences of its own.
const SEQUENCES = 256
const STEP_MS = 400
const RECOVERY_MS = 240_000

class ConnectionWorld {
  readonly ledger: Ledger = newLedger()
  readonly #trial: ConnectionTrial
  readonly #random: Random
  readonly #clock = new VirtualClock()
  readonly #connection: ServerConnection
  #servers = new Map<number, ServerSession>()
  #inTransit: Datagram[] = []
  #lastSocket = 0
  #loss: number

  constructor(trial: ConnectionTrial) {
    this.#trial = trial
    this.#loss = trial.loss
    this.#random = createRandom(trial.seed)
    // That keep-alives come in time shows in the login that is kept.
    this.ledger.client.nextTimeout = 0
    const transport = {
      resolve: async (host: string) => [host],
      open: async (_address: string, _port: number, receiver: Receiver) => this.#open(receiver),
    }
    this.#connection = new ServerConnection({ transport, clock: this.#clock, random: this.#random })
    this.#connection.subscribe((event) => {
      if (event.type === 'message') this.#receive(event.text)
      if (event.type === 'connect') this.ledger.client.logins++
    })
  }

  async run(): Promise<void> {
    const { steps, crashes } = this.#trial
    const opening = this.#connection.open({ host: '192.0.2.1', port: 2306, password: PASSWORD })
    // Without a first login there is nothing to promise.
    opening.catch(() => {})
    for (let step = 0; step < steps; step++) {
      const chance = this.#random()
      if (chance < crashes) this.#restart()
      else if (chance < 0.2) this.#ask(step)
      else if (chance < 0.3) this.#say(step)
      await this.#pass(this.#random() * STEP_MS)
    }
    this.#loss = 0
    for (let passed = 0; passed < RECOVERY_MS; passed += STEP_MS) await this.#pass(STEP_MS)
    this.ledger.isOver = true
    this.ledger.client.state = isLoggedInState(this.#connection.state) ? 'logged-in' : 'ended'
    this.#connection.close()
    await settled()
  }

  /** Lets time pass; what is on its way arrives in any order, or not. */
  async #pass(ms: number): Promise<void> {
    await this.#clock.run(ms)
    const now = this.#clock.now()
    this.ledger.now = now
    for (const server of this.#servers.values())
      if ((server.nextTimeout() ?? now + 1) <= now) server.handleTimeout(now)
    this.#collect()
    const arriving = this.#inTransit
    this.#inTransit = []
    for (const datagram of arriving.sort(() => this.#random() - 0.5)) {
      if (this.#random() < this.#loss) continue
      // Some come a step later, after those of the next.
      if (this.#random() < this.#loss / 2) this.#inTransit.push(datagram)
      else datagram.arrive(datagram.bytes)
    }
    this.#collect()
    await settled()
  }

  /**
   * The server starts again, and nothing that is on its way finds it. Not during a login: a client that has had a message
   * of a server before that accepts its login takes a repeat of the next server's for new, because sequences begin again.
   */
  #restart(): void {
    if (!isLoggedInState(this.#connection.state)) return
    this.#servers = new Map()
    this.#inTransit = []
  }

  #open(receiver: Receiver): ConnectedSocket {
    const socket = ++this.#lastSocket
    let state: 'open' | 'closed' = 'open'
    const toClient = (bytes: Uint8Array) => {
      if (state === 'open') receiver.onDatagram(bytes)
    }
    return {
      send: (bytes) => {
        if (state === 'closed') this.ledger.client.late++
        const packet = decodeClientPacket(bytes)
        if (packet.type === 'command')
          this.#commandOf(decodeText(packet.bytes))?.sequences.push(socket * SEQUENCES + packet.sequence)
        this.#inTransit.push({ bytes, arrive: (arriving) => this.#arrive(socket, arriving, toClient) })
      },
      close: () => {
        state = 'closed'
      },
    }
  }

  readonly #replies = new Map<number, (bytes: Uint8Array) => void>()

  #arrive(socket: number, bytes: Uint8Array, toClient: (bytes: Uint8Array) => void): void {
    this.#replies.set(socket, toClient)
    let server = this.#servers.get(socket)
    if (server === undefined || server.state === 'expired') {
      server = new ServerSession(encodeText(PASSWORD), { partBytes: 8, replyBurstIntervalMs: 0 })
      this.#servers.set(socket, server)
    }
    server.receive(bytes, this.#clock.now())
  }

  /** Executes commands, answers them, and sends what the servers want to send. */
  #collect(): void {
    for (const [socket, server] of this.#servers) {
      for (const event of server.takeEvents()) {
        if (event.type !== 'command') continue
        const command = this.#commandOf(decodeText(event.bytes))
        server.reply(
          event.id,
          encodeText(command === undefined ? '' : replyOf(command.text, command.executions++)),
        )
      }
      for (const bytes of server.takeDatagrams()) {
        const arrive = this.#replies.get(socket)
        if (arrive !== undefined) this.#inTransit.push({ bytes, arrive })
      }
    }
  }

  #commandOf(text: string): CommandRecord | undefined {
    return this.ledger.commands.find((command) => command.text === text)
  }

  #ask(step: number): void {
    if (!isLoggedInState(this.#connection.state)) return
    const resend = this.#random() < 0.6
    const timeoutMs = resend ? 30_000 : 10_000
    const command: CommandRecord = {
      text: `c${step}`,
      resend,
      askedAt: this.#clock.now(),
      timeoutMs,
      sequences: [],
      copies: 0,
      executions: 0,
      outcomes: [],
    }
    this.ledger.commands.push(command)
    this.#connection.exchange({ text: command.text, resend }, { timeoutMs }).then(
      (text) => command.outcomes.push({ type: 'reply', text, mixed: false }),
      (error) => command.outcomes.push({ type: 'failure', outcome: error.outcome ?? 'unknown' }),
    )
  }

  #say(step: number): void {
    const server = [...this.#servers.values()].findLast(({ state }) => state === 'logged-in')
    const text = `m${step}`
    if (server?.sendMessage(encodeText(text), this.#clock.now()))
      this.ledger.messages.push({ text, told: 0, acknowledged: false })
  }

  #receive(text: string): void {
    const message = this.ledger.messages.find((each) => each.text === text)
    if (message === undefined) this.ledger.strange.push(text)
    else message.told++
  }
}
