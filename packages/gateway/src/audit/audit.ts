import { randomBytes } from 'node:crypto'
import { type ClientClock, RconError } from '@bercon/core'
import type { AuditEntry } from './audit-entry.js'

/** Takes lines and keeps them; when `append` returns, they are safe. */
export interface AuditLines {
  /**
   * @param lines - one, or several with line ends between them.
   * @throws what kept them from being written; then none of them is.
   */
  append(lines: string): void
  /** Called once, after the last line. */
  close(): void
}

/** An entry without what the audit adds. */
export type AuditFacts = Omit<AuditEntry, 'at' | 'id'>

/**
 * Writes down what users do. An entry that has to be there before something happens is written or refused; an entry
 * about what has happened waits where it cannot be written, in front of all that come after it.
 */
export class Audit {
  readonly #lines: AuditLines
  readonly #clock: ClientClock
  // Two processes, or two lives of one, never have the same id.
  readonly #run = randomBytes(6).toString('base64url')
  #waiting: string[] = []
  #cancelFlush: (() => void) | undefined
  #lastNumber = 0

  constructor(lines: AuditLines, clock: ClientClock) {
    this.#lines = lines
    this.#clock = clock
  }

  /** Entries of outcomes that could not be written yet. */
  get waiting(): number {
    return this.#waiting.length
  }

  /**
   * Writes what is about to happen, and returns its id.
   *
   * @throws `RconError` `audit-failure`: then it must not happen.
   */
  begin(facts: AuditFacts): string {
    const id = this.#nextId()
    try {
      this.#append(this.#line(id, facts))
    } catch (cause) {
      throw new RconError(
        'audit-failure',
        'The audit cannot be written, so the command was not sent; make room on its disk, or check who may write there',
        { cause },
      )
    }
    return id
  }

  /** Writes what has happened, with what else happens in this turn of the event loop; if that fails, before the next entry. */
  record(facts: AuditFacts, id: string = this.#nextId()): void {
    // Bounded by the commands under way: none begins while these cannot be written.
    this.#waiting.push(this.#line(id, facts))
    this.#cancelFlush ??= this.#clock.setTimer(() => {
      this.#cancelFlush = undefined
      this.#tryFlush()
    }, 0)
  }

  /**
   * Writes what need not be known about a refusal that costs nobody anything, or drops it: those of strangers must not
   * fill the memory of a gateway whose disk is full.
   */
  note(facts: AuditFacts): boolean {
    try {
      this.#append(this.#line(this.#nextId(), facts))
      return true
    } catch {
      return false
    }
  }

  close(): void {
    this.#cancelFlush?.()
    this.#tryFlush()
    this.#lines.close()
  }

  /** In one piece with those that wait, which come first. */
  #append(line?: string): void {
    const lines = line === undefined ? this.#waiting : [...this.#waiting, line]
    if (lines.length === 0) return
    this.#lines.append(lines.join('\n'))
    this.#waiting = []
  }

  #tryFlush(): void {
    try {
      this.#append()
    } catch {
      // They wait; the next command says that nothing can be written.
    }
  }

  #nextId(): string {
    return `${this.#run}-${++this.#lastNumber}`
  }

  #line(id: string, facts: AuditFacts): string {
    return JSON.stringify({ at: new Date(this.#clock.wallNow()).toISOString(), id, ...facts })
  }
}
