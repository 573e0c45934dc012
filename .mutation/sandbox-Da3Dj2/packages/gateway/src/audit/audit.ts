// @ts-nocheck
import { randomBytes } from 'node:crypto'
import { type ClientClock, RconError } from '@bercon/core'
import type { AuditEntry } from './audit-entry.js'

declare module '@bercon/protocol' {
  interface RconErrorCodes {
    'audit-failure': RconError
  }
}

/** Takes lines and keeps them; when `append` returns, the line is safe. */
export interface AuditLines {
  /** @throws what kept the line from being written. */
  append(line: string): void
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
  readonly #waiting: string[] = []
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
      this.#flush()
      this.#lines.append(this.#line(id, facts))
    } catch (cause) {
      throw new RconError(
        'audit-failure',
        'The audit cannot be written, so the command was not sent; make room on its disk, or check who may write there',
        { cause },
      )
    }
    return id
  }

  /** Writes what has happened; `false` if it has to wait, because the audit cannot be written. */
  record(facts: AuditFacts, id: string = this.#nextId()): boolean {
    // Bounded by the commands under way: none begins while these wait.
    this.#waiting.push(this.#line(id, facts))
    try {
      this.#flush()
      return true
    } catch {
      return false
    }
  }

  /**
   * Writes what need not be known about a refusal that costs nobody anything, or drops it: those of strangers must not
   * fill the memory of a gateway whose disk is full.
   */
  note(facts: AuditFacts): boolean {
    try {
      this.#flush()
      this.#lines.append(this.#line(this.#nextId(), facts))
      return true
    } catch {
      return false
    }
  }

  close(): void {
    try {
      this.#flush()
    } finally {
      this.#lines.close()
    }
  }

  #flush(): void {
    for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
      this.#lines.append(line)
      this.#waiting.shift()
    }
  }

  #nextId(): string {
    return `${this.#run}-${++this.#lastNumber}`
  }

  #line(id: string, facts: AuditFacts): string {
    return JSON.stringify({ at: new Date(this.#clock.wallNow()).toISOString(), id, ...facts })
  }
}
