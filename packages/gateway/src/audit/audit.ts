import { randomBytes } from 'node:crypto'
import { type ClientClock, RconError } from '@bercon/core'
import { Deferred } from '@bercon/core/kit'
import type { Actor, AuditNote, AuditResult } from './audit-entry.js'
import { EntryFormat } from './entry-format.js'

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

/** A command that is being written down. */
export interface BegunEntry {
  readonly id: string
  /**
   * Resolves once the line is written. Rejects with `RconError` `audit-failure` where it cannot be: then the command must
   * not be sent.
   */
  readonly written: Promise<void>
}

/** Calls back when the present turn of the event loop has read all that had arrived. */
export type TurnEnd = (callback: () => void) => void

interface PendingLine {
  readonly text: string
  /** Whether it has to be written sometime: the outcome of a command that has a line. */
  readonly isOwed: boolean
}

/**
 * Writes down what users do, in one piece for each turn of the event loop. A command is sent when its line is written; if
 * the piece cannot be written, none of its commands is. An outcome that cannot be written waits, in front of all later
 * lines.
 */
export class Audit {
  readonly #lines: AuditLines
  readonly #clock: ClientClock
  readonly #atTurnEnd: TurnEnd
  readonly #format = new EntryFormat()
  // Two processes, or two lives of one, never have the same id.
  readonly #run = randomBytes(6).toString('base64url')
  #pending: PendingLine[] = []
  #written: Deferred<void> | undefined
  #turn: 'idle' | 'open' = 'idle'
  #cancelFlush: (() => void) | undefined
  #lastNumber = 0

  /** @param atTurnEnd - by default a timer of the clock; `setImmediate` is later by less. */
  constructor(
    lines: AuditLines,
    clock: ClientClock,
    atTurnEnd: TurnEnd = (callback) => void clock.setTimer(callback, 0),
  ) {
    this.#lines = lines
    this.#clock = clock
    this.#atTurnEnd = atTurnEnd
  }

  /** Lines that are not written yet. */
  get waiting(): number {
    return this.#pending.length
  }

  /** Writes a command that is about to be sent, with all else of this turn of the event loop. */
  begin(actor: Actor, command: string): BegunEntry {
    const id = this.#nextId()
    this.#add(this.#format.command(this.#clock.wallNow(), id, { actor, command }), false)
    this.#written ??= new Deferred()
    this.#openTurn()
    return { id, written: this.#written.promise }
  }

  /** Writes what came of a command, soon; if that fails, before the next line. */
  record(actor: Actor, result: AuditResult, id: string): void {
    // Bounded by the commands under way: none begins while these cannot be written.
    this.#add(this.#format.outcome(this.#clock.wallNow(), id, { actor, result }), true)
    // Later than the end of the turn, so that the next command's line takes it along.
    this.#cancelFlush ??= this.#clock.setTimer(() => {
      this.#cancelFlush = undefined
      this.#flush()
    }, 0)
  }

  /**
   * Writes what need not be known about a refusal that costs nobody anything, or drops it: those of strangers must not
   * fill the memory of a gateway whose disk is full.
   */
  note(actor: Actor, note: AuditNote): void {
    this.#add(this.#format.note(this.#clock.wallNow(), this.#nextId(), { actor, note }), false)
    this.#openTurn()
  }

  /** Writes what is pending; returns the error that kept outcomes from being written, which are lost then. */
  close(): RconError | undefined {
    this.#cancelFlush?.()
    const cause = this.#flush()
    const lost = this.waiting
    this.#lines.close()
    return lost === 0 ? undefined : outcomesLost(lost, cause)
  }

  #add(text: string, isOwed: boolean): void {
    this.#pending.push({ text, isOwed })
  }

  #openTurn(): void {
    if (this.#turn === 'open') return
    this.#turn = 'open'
    this.#atTurnEnd(() => {
      this.#turn = 'idle'
      this.#flush()
    })
  }

  /** Returns what kept the lines from being written. */
  #flush(): unknown {
    const lines = this.#pending
    if (lines.length === 0) return undefined
    const written = this.#written
    this.#written = undefined
    try {
      this.#lines.append(lines.map(({ text }) => text).join('\n'))
    } catch (cause) {
      this.#pending = lines.filter(({ isOwed }) => isOwed)
      written?.reject(auditFailure(cause))
      return cause
    }
    this.#pending = []
    written?.resolve()
    return undefined
  }

  #nextId(): string {
    return `${this.#run}-${++this.#lastNumber}`
  }
}

const REPORT_EVERY_MS = 60_000

/** The same lines, which also report what keeps them from being written, once a minute while that lasts. */
export function reportedLines(
  lines: AuditLines,
  clock: ClientClock,
  report: (error: RconError) => void,
): AuditLines {
  let reportedAt = Number.NEGATIVE_INFINITY
  return {
    append: (text) => {
      try {
        lines.append(text)
      } catch (cause) {
        if (clock.now() - reportedAt >= REPORT_EVERY_MS) {
          reportedAt = clock.now()
          report(refusing(cause))
        }
        throw cause
      }
    },
    close: () => lines.close(),
  }
}

function refusing(cause: unknown): RconError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const sentence = `The audit cannot be written, so commands are refused until it can: ${reason}`
  return new RconError('audit-failure', sentence, { cause })
}

function outcomesLost(count: number, cause: unknown): RconError {
  return new RconError('audit-failure', `The audit was closed without the outcomes of ${count} commands`, {
    cause,
  })
}

function auditFailure(cause: unknown): RconError {
  return new RconError(
    'audit-failure',
    'The audit cannot be written, so the command was not sent; make room on its disk, or check who may write there',
    { cause },
  )
}
