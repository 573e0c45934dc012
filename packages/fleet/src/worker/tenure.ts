import {
  type ClientClock,
  type ConnectionEvent,
  ConnectionLostError,
  InvalidArgumentError,
  parseServerMessage,
  RateLimitedError,
} from '@bercon/client'
import { Cancellation, withoutPassword } from '@bercon/core/kit'
import type { Bus, BusMessage } from '../bus.js'
import type { Lease, Leases } from '../leases.js'
import { answerText, type CommandAnswer, type CommandMessage, readCommand } from '../wire/command-message.js'
import { eventText } from '../wire/server-event.js'
import type { Subjects } from '../wire/subjects.js'
import type { OwnedServer } from '../wire/worker-report.js'
import type { ServerLogin } from './server-login.js'
import type { WorkerEvent } from './worker-event.js'

/** What a tenure needs of its worker. */
export interface TenureParts {
  readonly bus: Bus
  readonly leases: Leases
  readonly clock: ClientClock
  readonly random: () => number
  readonly subjects: Subjects
  readonly onEvent: (event: WorkerEvent) => void
  /** The server stands otherwise than before. */
  readonly onChange: (server: string) => void
  /** The lease is over by the worker's clock, or was renewed in time after all: until then nobody else has had it. */
  readonly onTrust: (tenure: Tenure, isTrusted: boolean) => void
  readonly onEnd: (tenure: Tenure, reason: TenureEnd) => void
}

type EndReason = Extract<WorkerEvent, { type: 'ended' }>['reason']

/** Why a tenure is over. Whether the lease of one that is released could be freed is not known yet then. */
export type TenureEnd = Exclude<EndReason, 'abandoned'>

// The owner counts the lease as over before the store does: clocks may differ by some percent, and an answer takes time.
const TRUSTED_SHARE = 0.9
const [RENEW_SHARE, RETRY_SHARE] = [1 / 3, 1 / 12]

// Commands wait here while the server does not answer, for as long as their users say.
const [MAX_UNDER_WAY, RETRY_AFTER_MS] = [1_000, 1_000]

/** Until when an owner may act on a lease that it asked for at that time, by its own clock. */
export function trustedUntil(askedAt: number, { leaseMs }: Pick<Leases, 'leaseMs'>): number {
  return askedAt + leaseMs * TRUSTED_SHARE
}

/**
 * The time in which a worker owns a server: from the take of the lease until it is lost or released. Commands are executed
 * and events published only until it expires by the worker's own clock, which may be before the store says so. A worker
 * that is late can then still renew it. That costs less than to take it again.
 */
export class Tenure {
  readonly lease: Lease
  readonly #login: ServerLogin
  readonly #parts: TenureParts
  readonly #underWay = new Set<Cancellation>()
  readonly #stopServing: () => void
  #state: 'serving' | 'expired' | 'leaving' | 'over' = 'serving'
  #trustedUntil: number
  #cancelRenewal: () => void = () => {}
  #cancelExpiry: () => void = () => {}
  #onIdle: () => void = () => {}
  #released: Promise<void> | undefined
  #isFailing = false
  #number = 0
  #dropped = 0

  /** @param takenAt When the lease was asked for, by the worker's clock. */
  constructor(lease: Lease, takenAt: number, login: ServerLogin, parts: TenureParts) {
    this.lease = lease
    this.#login = login
    this.#parts = parts
    this.#trustedUntil = trustedUntil(takenAt, parts.leases)
    this.#stopServing = parts.bus.serve(parts.subjects.command(lease.server, '*'), (message) =>
      this.#answer(message),
    )
    login.reportTo((event) => this.#publish(event))
    this.#awaitExpiry()
    this.#awaitRenewal(RENEW_SHARE)
  }

  /** How the server stands; nothing when it may be another's by now. */
  get report(): OwnedServer | undefined {
    if (!this.#isTrusted) return undefined
    const { state, address, statistics } = this.#login
    return { name: this.lease.server, epoch: this.lease.epoch, state, address, statistics }
  }

  /** Takes no more commands, waits for those under way as long as the lease allows, and frees the lease. */
  release(): Promise<void> {
    this.#released ??= this.#leave()
    return this.#released
  }

  /** Somebody else is known to own the server. */
  lose(): void {
    this.#end('lost')
  }

  /** Gives up an expired lease that could not be renewed for long. */
  giveUp(): void {
    this.#end('expired')
  }

  get #isTrusted(): boolean {
    return this.#state !== 'over' && this.#parts.clock.now() < this.#trustedUntil
  }

  async #leave(): Promise<void> {
    if (this.#state === 'over') return
    this.#state = 'leaving'
    this.#stopServing()
    await this.#idle()
    if (!this.#end('released')) return
    this.#report(await this.#free())
  }

  #idle(): Promise<void> {
    if (this.#underWay.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#onIdle = resolve
    })
  }

  #awaitExpiry(): void {
    this.#cancelExpiry()
    const { clock } = this.#parts
    this.#cancelExpiry = clock.setTimer(() => this.#expire(), this.#trustedUntil - clock.now())
  }

  #expire(): void {
    if (this.#state === 'leaving') this.#end('expired')
    if (this.#state !== 'serving') return
    this.#state = 'expired'
    this.#abandon()
    this.#parts.onTrust(this, false)
  }

  #awaitRenewal(share: number): void {
    const { clock, leases, random } = this.#parts
    this.#cancelRenewal = clock.setTimer(
      () => void this.#renew(),
      leases.leaseMs * share * (0.9 + 0.2 * random()),
    )
  }

  async #renew(): Promise<void> {
    const { clock, leases } = this.#parts
    const askedAt = clock.now()
    const renewed = await leases.renew(this.lease).catch((error: unknown) => this.#failed(error))
    if (this.#state === 'over') return
    if (renewed === false) {
      this.#end('lost')
      return
    }
    // By its clock it may be over although the store has renewed it, when the process was stopped for a while.
    if (renewed === true) {
      this.#isFailing = false
      this.#trustedUntil = trustedUntil(askedAt, leases)
      this.#serveAgain()
    }
    this.#awaitRenewal(renewed ? RENEW_SHARE : RETRY_SHARE)
  }

  /** Renewed, but perhaps so late that it is over again by the worker's clock. */
  #serveAgain(): void {
    this.#awaitExpiry()
    if (this.#state !== 'expired' || this.#parts.clock.now() >= this.#trustedUntil) return
    this.#state = 'serving'
    this.#parts.onTrust(this, true)
  }

  /** Reports the first of the renewals that fail one after the other. */
  #failed(error: unknown): undefined {
    const { onEvent } = this.#parts
    if (!this.#isFailing) onEvent({ type: 'error', server: this.lease.server, during: 'renew', error })
    this.#isFailing = true
  }

  /** Returns `false` if it was over already. */
  #end(reason: TenureEnd): boolean {
    if (this.#state === 'over') return false
    const hasExpired = this.#state === 'expired'
    this.#state = 'over'
    this.#cancelRenewal()
    this.#cancelExpiry()
    this.#stopServing()
    this.#login.reportTo(() => {})
    this.#abandon()
    this.#onIdle()
    if (!hasExpired && reason !== 'released') this.#report(reason)
    this.#parts.onEnd(this, reason)
    return true
  }

  async #free(): Promise<EndReason> {
    const { leases, onEvent } = this.#parts
    try {
      await leases.release(this.lease)
      return 'released'
    } catch (error) {
      onEvent({ type: 'error', server: this.lease.server, during: 'release', error })
      return 'abandoned'
    }
  }

  #report(reason: EndReason): void {
    const { server, epoch } = this.lease
    this.#parts.onEvent({ type: 'ended', server, epoch, reason })
  }

  /** What waits to be sent must not be sent any more; what was sent may still be answered. */
  #abandon(): void {
    const { state, statistics } = this.#login
    if (state === 'connected' && statistics.queued === 0) return
    for (const command of this.#underWay) command.abort(new Error('The lease is over'))
  }

  #publish(event: ConnectionEvent): void {
    const { bus, subjects, onChange, onEvent } = this.#parts
    const { server, epoch } = this.lease
    const isKeepAlive = event.type === 'command' && event.text === ''
    if (isKeepAlive) return
    // What is not published leaves a hole, which listeners notice.
    this.#number++
    if (!this.#isTrusted) return
    const text = eventText({ epoch, number: this.#number, event })
    const type = event.type === 'message' ? parseServerMessage(event.text).type : event.type
    if (!bus.publish(subjects.event(server, type), text))
      onEvent({ type: 'dropped', server, count: ++this.#dropped })
    if (event.type !== 'message' && event.type !== 'command') onChange(server)
  }

  async #answer({ subject, text }: BusMessage): Promise<string | undefined> {
    const { epoch } = this.lease
    const message = readCommand(text)
    if (message === undefined) {
      const error = new InvalidArgumentError('request', text.slice(0, 80), 'a command of a fleet')
      return answerText(epoch, { type: 'failed', error })
    }
    // Meant for a later owner, who answers; one answer from here would stand for theirs.
    if (message.epoch > epoch) return undefined
    if (message.epoch < epoch || this.#state !== 'serving' || !this.#isTrusted)
      return answerText(epoch, { type: 'refused', epoch })
    const { text: command } = message.request
    if (this.#underWay.size >= MAX_UNDER_WAY) {
      const error = new RateLimitedError({ command, retryAfterMs: RETRY_AFTER_MS })
      return answerText(epoch, { type: 'failed', error })
    }
    return answerText(epoch, await this.#execute(message, subject.slice(subject.lastIndexOf('.') + 1)))
  }

  async #execute({ request, timeoutMs }: CommandMessage, user: string): Promise<CommandAnswer> {
    const { clock, onEvent } = this.#parts
    const { server, epoch } = this.lease
    const command = new Cancellation()
    const begun = clock.now()
    this.#underWay.add(command)
    onEvent({ type: 'command', server, epoch, user, text: withoutPassword(request.text) })
    try {
      const text = await this.#login.exchange(request, { timeoutMs, signal: command })
      return { type: 'answered', text }
    } catch (error) {
      if (!command.aborted)
        return { type: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
      const elapsedMs = clock.now() - begun
      const { text, resend } = request
      const facts = { command: text, resend, attempts: 1, elapsedMs, outcome: 'unknown' } as const
      return { type: 'failed', error: new ConnectionLostError(facts) }
    } finally {
      this.#underWay.delete(command)
      if (this.#underWay.size === 0) this.#onIdle()
    }
  }
}
