import { decodeText, encodeText, ServerSession } from '@bercon/protocol'
import { type Ledger, replyOf } from './ledger.js'

/** A command that the game executes. */
export interface Execution {
  readonly id: number
  readonly socket: number
  readonly text: string
  /** Its id in the session of its socket. */
  readonly session: number
  /** How often the game had executed it before. */
  readonly execution: number
}

const NEVER = Number.POSITIVE_INFINITY

/** A server with a session for each socket, and its game, which answers when the world wants it to. */
export class ServedGame {
  readonly #password: string
  readonly #ledger: Ledger
  readonly #note: (text: string) => void
  readonly #sessions = new Map<number, ServerSession>()
  #open: readonly Execution[] = []
  #last = 0

  constructor(password: string, ledger: Ledger, note: (text: string) => void) {
    this.#password = password
    this.#ledger = ledger
    this.#note = note
  }

  /** Commands that it executes and has not answered yet. */
  get open(): readonly Execution[] {
    return this.#open
  }

  /** Whether somebody is logged in. */
  get hasPeer(): boolean {
    return this.#newest !== undefined
  }

  get nextTimeout(): number {
    return Math.min(NEVER, ...[...this.#sessions.values()].map((session) => session.nextTimeout() ?? NEVER))
  }

  /** @param mayBegin Whether a socket that the server has forgotten may log in again. */
  receive(socket: number, bytes: Uint8Array, now: number, mayBegin: boolean): void {
    const known = this.#sessions.get(socket)
    const isNew = known === undefined || (known.state === 'expired' && mayBegin)
    const session = isNew ? this.#newSession() : known
    this.#sessions.set(socket, session)
    session.receive(bytes, now)
  }

  handleTimeouts(now: number): void {
    for (const session of this.#sessions.values())
      if ((session.nextTimeout() ?? NEVER) <= now) session.handleTimeout(now)
  }

  /** Sends a message to the newest login; returns whether it did. */
  say(text: string, now: number): boolean {
    return this.#newest?.sendMessage(encodeText(text), now) === true
  }

  /** Answers a command that it executes. */
  answer({ id, socket, session, text, execution }: Execution): void {
    this.#open = this.#open.filter((each) => each.id !== id)
    this.#sessions.get(socket)?.reply(session, encodeText(replyOf(text, execution)))
  }

  /** Forgets every session, and what it was executing. */
  restart(): void {
    this.#sessions.clear()
    this.#open = []
  }

  /** Executes what has come, and returns what its sessions want to send. */
  takeDatagrams(): readonly { readonly socket: number; readonly bytes: Uint8Array }[] {
    return [...this.#sessions].flatMap(([socket, session]) => {
      for (const event of session.takeEvents())
        if (event.type === 'command') this.#execute(socket, session, event)
      return session.takeDatagrams().map((bytes) => ({ socket, bytes }))
    })
  }

  get #newest(): ServerSession | undefined {
    return [...this.#sessions.values()].findLast(({ state }) => state === 'logged-in')
  }

  #newSession(): ServerSession {
    return new ServerSession(encodeText(this.#password), { partBytes: 8, replyBurstIntervalMs: 0 })
  }

  #execute(
    socket: number,
    session: ServerSession,
    { id, bytes }: { readonly id: number; readonly bytes: Uint8Array },
  ): void {
    const text = decodeText(bytes)
    if (text === '') {
      session.reply(id, bytes)
      return
    }
    const command = this.#ledger.commands.find((each) => each.text === text)
    const execution = command === undefined ? 0 : command.executions++
    this.#open = [...this.#open, { id: ++this.#last, socket, text, session: id, execution }]
    this.#note(`                          the game executes ${text}`)
  }
}
