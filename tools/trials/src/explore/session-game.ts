import { decodeText, encodeText, ServerSession, type ServerSessionEvent } from '@bercon/protocol'
import { type Ledger, type MessageRecord, replyOf } from './ledger.js'

/** A command that the game executes, by its id in the server's session. */
interface Execution {
  readonly id: number
  readonly text: string
  /** How often the game had executed it before. */
  readonly execution: number
}

const NEVER = Number.POSITIVE_INFINITY

/** A server with one session, and its game, which answers when the world wants it to. */
export class SessionGame {
  readonly #password: Uint8Array
  readonly #ledger: Ledger
  readonly #note: (text: string) => void
  #session: ServerSession
  #open: readonly Execution[] = []
  // The messages that this session has sent, by their numbers.
  #said: MessageRecord[] = []

  constructor(password: Uint8Array, ledger: Ledger, note: (text: string) => void) {
    this.#password = password
    this.#ledger = ledger
    this.#note = note
    this.#session = this.#newSession()
  }

  /** Commands that it executes and has not answered yet. */
  get open(): readonly Execution[] {
    return this.#open
  }

  /** Whether the client is logged in. */
  get hasPeer(): boolean {
    return this.#session.state === 'logged-in'
  }

  get nextTimeout(): number {
    return this.#session.nextTimeout() ?? NEVER
  }

  receive(bytes: Uint8Array, now: number): void {
    this.#session.receive(bytes, now)
  }

  handleTimeout(now: number): void {
    this.#session.handleTimeout(now)
  }

  takeDatagrams(): readonly Uint8Array[] {
    return this.#session.takeDatagrams()
  }

  takeEvents(): readonly ServerSessionEvent[] {
    return this.#session.takeEvents()
  }

  /** Executes a command, or notes an acknowledgment. */
  handle(event: ServerSessionEvent): void {
    if (event.type === 'command') this.#execute(event)
    if (event.type !== 'acknowledged') return
    const message = this.#said[event.number]
    if (message !== undefined) message.acknowledged = true
  }

  say(text: string): void {
    const { messages, now } = this.#ledger
    if (!this.#session.sendMessage(encodeText(text), now)) return
    const message: MessageRecord = { text, heard: 0, acknowledged: false, owed: false }
    messages.push(message)
    this.#said.push(message)
    this.#note(`                          the game says ${text}`)
  }

  /** Answers a command that it executes. */
  answer({ id, text, execution }: Execution): void {
    this.#open = this.#open.filter((each) => each.id !== id)
    this.#note(`                          the game answers ${text}`)
    this.#session.reply(id, encodeText(replyOf(text, execution)))
  }

  /** Forgets everything. */
  restart(): void {
    this.#session = this.#newSession()
    this.#open = []
    this.#said = []
    this.#note('                          the server restarts')
  }

  #execute({ id, bytes }: Extract<ServerSessionEvent, { type: 'command' }>): void {
    const text = decodeText(bytes)
    if (text === '') {
      this.#session.reply(id, bytes)
      return
    }
    const command = this.#ledger.commands.find((each) => each.text === text)
    const execution = command === undefined ? 0 : command.executions++
    this.#open = [...this.#open, { id, text, execution }]
    this.#note(`                          the game executes ${text}`)
  }

  #newSession(): ServerSession {
    // A reply has several parts.
    return new ServerSession(this.#password, { partBytes: 8, replyBurstIntervalMs: 0 })
  }
}
