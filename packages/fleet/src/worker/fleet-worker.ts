import { InvalidArgumentError, Limiter } from '@bercon/client'
import type { LeaseChange } from '../leases.js'
import type { ListChange } from '../server-list.js'
import { type Subjects, subjectsOf } from '../wire/subjects.js'
import { type MemberReport, readMember } from '../wire/worker-report.js'
import { LeaseView } from './lease-view.js'
import { closeLogin, endGrace, keepLogin, type ListedServer, newListed, openLogin } from './listed-server.js'
import { LISTENS_FIRST, Members } from './members.js'
import { Tenure, type TenureEnd, trustedUntil } from './tenure.js'
import { type FleetWorkerOptions, workerOptions } from './worker-options.js'
import { WorkerReports } from './worker-reports.js'

// Leases asked for at the same time: all others wait, so that a store that comes back is not overrun.
const MAX_TAKES = 32
const [TICK_SHARE, RANK_SHARE, MAX_RANK_SHARE] = [1 / 6, 1 / 3, 1 / 2]
// A slow store is asked less often, by at most this factor; a server that nobody took is handed over again after this many lease lives.
const [MAX_SLOWDOWN, KEPT_AFTER_HANDOVER] = [3, 10]

/**
 * A worker of a fleet: it owns some of the listed servers, each by a lease, keeps one login to each, executes the
 * commands for it and publishes its events. Workers share the servers out among themselves: when one is gone, the others
 * take its servers as the leases expire; when one is new, the others hand some over.
 *
 * @example
 * ```ts
 * import { FleetWorker, MemoryBus, MemoryLeases, MemoryServerList } from '@bercon/fleet'
 *
 * const altis = { name: 'altis', host: '127.0.0.1', port: 2306, game: 'arma3', password: 'hunter2' } as const
 * const servers = new MemoryServerList([altis])
 * const worker = new FleetWorker({ id: 'w1', bus: new MemoryBus(), leases: new MemoryLeases(), servers })
 * worker.start()
 * await worker.stop()
 * ```
 */
export class FleetWorker {
  readonly #options: ReturnType<typeof workerOptions>
  readonly #subjects: Subjects
  readonly #view = new LeaseView()
  readonly #members: Members
  readonly #listed = new Map<string, ListedServer>()
  readonly #owned = new Map<string, number>()
  // May still be renewed.
  readonly #expiredLeases = new Set<string>()
  readonly #reports: WorkerReports
  readonly #logins: Limiter
  readonly #takes = new Limiter(MAX_TAKES)
  // Takes and releases under way.
  readonly #leaseWork = new Set<Promise<void>>()
  readonly #stops: (() => void)[] = []
  #state: 'idle' | 'running' | 'stopped' = 'idle'
  #cancelTick: () => void = () => {}
  #takesAt = 0
  #handovers = 0
  // Leases that are asked for: they may fill the worker.
  #taking = 0
  #ticks = 0

  /** @throws {@link InvalidArgumentError} naming the part or setting that is wrong. */
  constructor(options: FleetWorkerOptions) {
    this.#options = workerOptions(options)
    this.#subjects = subjectsOf(this.#options.prefix)
    this.#members = new Members(this.#options.id, this.#options.leases.leaseMs)
    this.#logins = new Limiter(this.#options.maxLogins)
    this.#reports = new WorkerReports(this.#options, this.#subjects, this.#owned)
  }

  /** The worker's name. */
  get id(): string {
    return this.#options.id
  }

  /** The servers that it owns, with the epoch in which it does. */
  get owned(): ReadonlyMap<string, number> {
    return this.#owned
  }

  /** Begins to take servers, once: make another worker after `stop()`. */
  start(): void {
    if (this.#state !== 'idle')
      throw new InvalidArgumentError('start', this.#state, 'called once, on a new worker')
    this.#state = 'running'
    const { bus, leases, servers, clock } = this.#options
    this.#stops.push(
      bus.subscribe(this.#subjects.worker('*'), ({ text }) => this.#hear(readMember(text))),
      bus.subscribe(this.#subjects.who, () => this.#reports.sendAllSoon(() => this.#tenures)),
      leases.watch((change) => this.#follow(change)),
      servers.watch((change) => this.#list(change)),
    )
    bus.publish(this.#subjects.who, '')
    this.#takesAt = clock.now() + leases.leaseMs * LISTENS_FIRST
    this.#tick()
  }

  /** Gives every server up, after the commands under way, so that other workers can take them at once. */
  async stop(): Promise<void> {
    if (this.#state !== 'running') return
    this.#state = 'stopped'
    this.#cancelTick()
    for (const listed of this.#listed.values()) void this.#release(listed)
    await Promise.all(this.#leaseWork)
    for (const stop of [...this.#stops, () => this.#reports.stop()]) stop()
    for (const listed of this.#listed.values()) closeLogin(listed)
    this.#reports.send({ leaves: true })
  }

  get #tenures(): readonly Tenure[] {
    return [...this.#listed.values()].flatMap(({ tenure }) => tenure ?? [])
  }

  #tick(): void {
    const { clock, leases, random, handoversPerSecond } = this.#options
    const tickMs = leases.leaseMs * TICK_SHARE
    this.#cancelTick = clock.setTimer(() => this.#tick(), tickMs * (0.9 + 0.2 * random()))
    const now = clock.now()
    this.#members.expire(now)
    if (this.#ticks++ % 2 === 0) this.#reports.sendAll(this.#tenures)
    this.#handovers = Math.min(handoversPerSecond, this.#handovers + (handoversPerSecond * tickMs) / 1_000)
    for (const listed of this.#listed.values()) {
      this.#consider(listed)
      this.#handOver(listed, now)
    }
  }

  #hear(report: MemberReport | undefined): void {
    if (report === undefined) return
    this.#members.follow(report, this.#options.clock.now())
    if (!report.leaves) return
    for (const listed of this.#listed.values()) this.#consider(listed)
  }

  #follow(change: LeaseChange): void {
    this.#view.follow(change, this.#options.clock.now())
    if (change.type === 'complete') {
      this.#takeAgain()
      return
    }
    const listed = this.#listed.get(change.type === 'held' ? change.lease.server : change.server)
    if (listed === undefined) return
    if (change.type === 'held' && change.lease.owner !== this.id) {
      // A worker with a later epoch has taken a lease that is over here, whatever this clock says.
      if ((listed.tenure?.lease.epoch ?? Number.POSITIVE_INFINITY) < change.lease.epoch) listed.tenure?.lose()
      if (listed.tenure === undefined) closeLogin(listed)
    }
    this.#consider(listed)
  }

  /** The leases can be reached again: takes that failed need not wait, or others would come first. */
  #takeAgain(): void {
    for (const listed of this.#listed.values()) {
      if (listed.failures > 0) listed.notBefore = 0
      listed.failures = 0
      this.#consider(listed)
    }
  }

  #list(change: ListChange): void {
    if (change.type === 'complete') return
    const name = change.type === 'server' ? change.server.name : change.name
    const known = this.#listed.get(name)
    if (change.type === 'removed') {
      if (known === undefined) return
      this.#listed.delete(name)
      void this.#release(known).then(() => closeLogin(known))
      return
    }
    if (known === undefined) {
      const { server } = change
      const listed = newListed(server)
      this.#listed.set(name, listed)
      this.#consider(listed)
      return
    }
    // Taken again, and logged in as the list says now.
    known.server = change.server
    if (known.tenure === undefined) closeLogin(known)
    else void this.#release(known)
  }

  /** Takes a server that is free and is this worker's to take. */
  #consider(listed: ListedServer): void {
    if (this.#state !== 'running' || listed.tenure !== undefined || listed.state === 'taking') return
    const { clock, leases, capacity } = this.#options
    const now = clock.now()
    const { name } = listed.server
    const lease = this.#view.leaseOf(name)
    if (!this.#view.isComplete || now < Math.max(this.#takesAt, listed.notBefore)) return
    if (lease !== undefined && lease.owner !== this.id) return
    if (this.#owned.size + this.#expiredLeases.size + this.#taking >= capacity) return
    const freeSince = Math.max(this.#takesAt, this.#view.freeSince(name))
    const waitMs =
      leases.leaseMs * Math.min(MAX_RANK_SHARE, this.#placeOf(listed, freeSince, now) * RANK_SHARE)
    if (now - freeSince >= waitMs || lease !== undefined) void this.#followed(this.#take(listed))
  }

  /** The best takes a server at once, the next only if the best does not; one that has the login already need not wait. */
  #placeOf({ server: { name }, login }: ListedServer, freeSince: number, now: number): number {
    if (login !== undefined) return 0
    // What is free from the beginning is shared out with the workers that begin too, and listen yet.
    return freeSince === this.#takesAt ? this.#members.placeOf(name) : this.#members.placeNow(name, now)
  }

  async #take(listed: ListedServer): Promise<void> {
    const { leases, clock, random, onEvent } = this.#options
    const { name } = listed.server
    listed.state = 'taking'
    this.#taking++
    try {
      let askedAt = 0
      const lease = await this.#takes.run(() => {
        askedAt = clock.now()
        return this.#state === 'running' ? leases.take(name, this.id) : Promise.resolve(undefined)
      })
      listed.failures = 0
      // The server was removed, the worker stopped, or hung until the lease was over.
      const isInTime = clock.now() < trustedUntil(askedAt, leases)
      const isWanted = this.#state === 'running' && this.#listed.get(name) === listed && isInTime
      if (lease !== undefined && isWanted) this.#begin(listed, lease, askedAt)
      else if (lease !== undefined) await leases.release(lease)
      // Another holds it, of which the watch has not heard yet.
      else listed.notBefore = clock.now() + leases.leaseMs * TICK_SHARE * (0.5 + random())
    } catch (error) {
      const slowdown = Math.min(MAX_SLOWDOWN, ++listed.failures)
      listed.notBefore = clock.now() + leases.leaseMs * TICK_SHARE * slowdown * (0.5 + random())
      onEvent({ type: 'error', server: name, during: 'take', error })
    } finally {
      listed.state = 'still'
      this.#taking--
    }
  }

  #begin(listed: ListedServer, lease: Tenure['lease'], askedAt: number): void {
    const { bus, leases, clock, random, onEvent } = this.#options
    const login = openLogin(listed, this.#options, this.#logins)
    listed.tenure = new Tenure(lease, askedAt, login, {
      bus,
      leases,
      clock,
      random,
      subjects: this.#subjects,
      onEvent,
      onChange: () => this.#reports.sendOne(listed.tenure),
      onTrust: (tenure, isTrusted) =>
        isTrusted ? this.#owns(listed, tenure) : this.#expired(listed, tenure),
      onEnd: (tenure, reason) => this.#ended(listed, tenure, reason),
    })
    this.#owns(listed, listed.tenure)
  }

  #owns(listed: ListedServer, { lease: { server, epoch } }: Tenure): void {
    endGrace(listed)
    this.#expiredLeases.delete(server)
    this.#owned.set(server, epoch)
    this.#options.onEvent({ type: 'taken', server, epoch })
    this.#reports.sendOne(listed.tenure)
  }

  #expired(listed: ListedServer, tenure: Tenure): void {
    const { server, epoch } = tenure.lease
    this.#expiredLeases.add(server)
    this.#owned.delete(server)
    this.#options.onEvent({ type: 'ended', server, epoch, reason: 'expired' })
    this.#reports.send({ released: [{ name: server, epoch }] })
    keepLogin(listed, this.#options)
  }

  #ended(listed: ListedServer, { lease: { server, epoch } }: Tenure, reason: TenureEnd): void {
    listed.tenure = undefined
    this.#owned.delete(server)
    if (!this.#expiredLeases.delete(server)) this.#reports.send({ released: [{ name: server, epoch }] })
    const isOthers = (this.#view.leaseOf(server)?.owner ?? this.id) !== this.id
    if (reason === 'released' || isOthers) closeLogin(listed)
    else if (listed.cancelGrace === undefined) keepLogin(listed, this.#options)
    if (reason === 'lost') this.#consider(listed)
  }

  #handOver(listed: ListedServer, now: number): void {
    if (this.#handovers < 1 || !this.#owned.has(listed.server.name) || now < listed.keepUntil) return
    if (!this.#members.hasBetter(listed.server.name, now)) return
    this.#handovers--
    const { leaseMs } = this.#options.leases
    listed.keepUntil = now + leaseMs * KEPT_AFTER_HANDOVER
    listed.notBefore = now + leaseMs * RANK_SHARE
    void this.#release(listed)
  }

  async #release({ tenure }: ListedServer): Promise<void> {
    if (tenure !== undefined) await this.#followed(tenure.release())
  }

  /** Makes `stop()` wait for it: the connection to the leases may be closed after that. */
  async #followed(work: Promise<void>): Promise<void> {
    this.#leaseWork.add(work)
    await work
    this.#leaseWork.delete(work)
  }
}
