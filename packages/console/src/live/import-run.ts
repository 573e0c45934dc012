import type { BanLine } from '@bercon/arma'
import { codeOf, isNoReply, type RateLimitedError } from '@bercon/rx'
import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  EMPTY,
  endWith,
  from,
  ignoreElements,
  map,
  mergeMap,
  type Observable,
  of,
  type SchedulerLike,
  switchMap,
  timer,
} from 'rxjs'
import { sentenceOf } from '../gateway/problem.js'
import type { ImportPlan } from './bans-import.js'
import type { BanRow, Moderation } from './moderation.js'

const MINUTE_MS = 60_000
/** Bans sent before the first is answered: the gateway and the server stay free for others. */
const AT_ONCE = 8
const MIN_WAIT_MS = 250
const CHECK_AGAIN_MS = 2_000
/** How often a ban is sent that was neither answered nor found in the list. */
const MAX_ROUNDS = 3

/** How far an import is. */
export interface ImportProgress {
  readonly done: number
  readonly failures: readonly string[]
  /** Why the import pauses. */
  readonly pause?: ImportPause | undefined
}

type ImportPause =
  /** The role allows no more commands before `until`, in ms since 1970. */
  | { readonly type: 'limit'; readonly until: number }
  /** The number of bans without an answer; the server's list will show which of them it has. */
  | { readonly type: 'check'; readonly open: number }

/**
 * Adds the bans of a plan; emits as it goes on. One that fails is counted, and the others go on. One that is not answered
 * may have been added, so it is looked for in the server's list before it is sent again. Beyond the limit of the role the
 * import waits as long as the gateway says. Unsubscribe to stop it.
 */
export function carryOut(
  { adds }: ImportPlan,
  moderation: Moderation,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<ImportProgress> {
  return defer(() => new ImportRun(moderation, scheduler).run(adds, 1))
}

class ImportRun {
  readonly #moderation: Moderation
  readonly #scheduler: SchedulerLike
  #done = 0
  #failures: readonly string[] = []
  #resumeAt = Number.NEGATIVE_INFINITY

  constructor(moderation: Moderation, scheduler: SchedulerLike) {
    this.#moderation = moderation
    this.#scheduler = scheduler
  }

  run(bans: readonly BanLine[], round: number): Observable<ImportProgress> {
    const open: BanLine[] = []
    return concat(
      from(bans).pipe(mergeMap((ban) => this.#add(ban, open), AT_ONCE)),
      defer(() => (open.length === 0 ? EMPTY : this.#check(open, round))),
    )
  }

  #add(ban: BanLine, open: BanLine[]): Observable<ImportProgress> {
    return defer(() => this.#resumed().pipe(switchMap(() => this.#send(ban)))).pipe(
      ignoreElements(),
      endWith(undefined),
      map(() => this.#settled()),
      catchError((error: unknown) => {
        const waitMs = waitMsOf(error)
        if (waitMs !== undefined) {
          this.#resumeAt = Math.max(this.#resumeAt, this.#scheduler.now() + waitMs)
          return concat(of(this.#progress()), this.#add(ban, open))
        }
        if (!isOpen(error)) return of(this.#settled(`${ban.target}: ${sentenceOf(error)}`))
        open.push(ban)
        return EMPTY
      }),
    )
  }

  /** Sends the ban with the minutes that are left of it, or nothing if it has expired meanwhile. */
  #send({ target, expiresAt, reason }: BanLine): Observable<unknown> {
    if (expiresAt === undefined) return this.#moderation.ban(target, undefined, reason)
    const minutes = Math.ceil((expiresAt - this.#scheduler.now()) / MINUTE_MS)
    return minutes <= 0 ? EMPTY : this.#moderation.ban(target, minutes, reason)
  }

  /** Emits once when commands may be sent. */
  #resumed(): Observable<unknown> {
    const waitMs = this.#resumeAt - this.#scheduler.now()
    return waitMs > 0 ? timer(waitMs, this.#scheduler) : of(0)
  }

  #check(open: readonly BanLine[], round: number): Observable<ImportProgress> {
    return concat(
      of(this.#progress({ type: 'check', open: open.length })),
      this.#moderation.fetchBans().pipe(
        map((rows) => () => this.#sort(open, rows, round)),
        catchError((error: unknown) => of(() => this.#checkLater(error, open, round))),
        switchMap((next) => next()),
      ),
    )
  }

  #checkLater(error: unknown, open: readonly BanLine[], round: number): Observable<ImportProgress> {
    const waitMs = waitMsOf(error) ?? (isOpen(error) ? CHECK_AGAIN_MS : undefined)
    if (waitMs !== undefined)
      return timer(waitMs, this.#scheduler).pipe(switchMap(() => this.#check(open, round)))
    return from(open).pipe(map(({ target }) => this.#settled(`${target}: ${unanswered(error)}`)))
  }

  #sort(open: readonly BanLine[], rows: readonly BanRow[], round: number): Observable<ImportProgress> {
    const listed = new Set(rows.map(({ target }) => target))
    const missing = open.filter(({ target }) => !listed.has(target))
    this.#done += open.length - missing.length
    const isLast = round === MAX_ROUNDS
    return concat(
      of(this.#progress()),
      isLast
        ? from(missing).pipe(map(({ target }) => this.#settled(`${target}: the server did not answer.`)))
        : this.run(missing, round + 1),
    )
  }

  #settled(failure?: string): ImportProgress {
    this.#done++
    if (failure !== undefined) this.#failures = [...this.#failures, failure]
    return this.#progress()
  }

  #progress(pause?: ImportPause): ImportProgress {
    const until = this.#resumeAt
    const limit = until > this.#scheduler.now() ? ({ type: 'limit', until } as const) : undefined
    return { done: this.#done, failures: this.#failures, pause: pause ?? limit }
  }
}

/** Whether a ban may or may not have been added. */
function isOpen(error: unknown): boolean {
  return isNoReply(error) || codeOf(error) === 'not-connected'
}

function waitMsOf(error: unknown): number | undefined {
  if (codeOf(error) !== 'rate-limited') return undefined
  return Math.max(MIN_WAIT_MS, (error as RateLimitedError).retryAfterMs)
}

function unanswered(error: unknown): string {
  return `the server did not answer, and its list cannot be read: ${sentenceOf(error)}`
}
