import type { Subjects } from '../wire/subjects.js'
import { reportText, type WorkerReport } from '../wire/worker-report.js'
import type { Tenure } from './tenure.js'
import type { workerOptions } from './worker-options.js'

// Servers in one report: some 20 KB.
const REPORTED_TOGETHER = 100
const ANSWER_SHARE = 1 / 6

/** What a worker publishes of itself and of its servers. */
export class WorkerReports {
  readonly #options: Pick<
    ReturnType<typeof workerOptions>,
    'bus' | 'id' | 'capacity' | 'leases' | 'clock' | 'random'
  >
  readonly #subjects: Subjects
  readonly #owned: ReadonlyMap<string, number>
  #cancelAnswer: (() => void) | undefined

  constructor(
    options: ReturnType<typeof workerOptions>,
    subjects: Subjects,
    owned: ReadonlyMap<string, number>,
  ) {
    this.#options = options
    this.#subjects = subjects
    this.#owned = owned
  }

  /** Reports the worker with all its servers, in as many messages as they need. */
  sendAll(tenures: readonly Tenure[]): void {
    const servers = tenures.flatMap(({ report }) => report ?? [])
    for (let at = 0; at === 0 || at < servers.length; at += REPORTED_TOGETHER)
      this.send({ servers: servers.slice(at, at + REPORTED_TOGETHER) })
  }

  /** The same within a sixth of a lease's life: not all workers at the same moment, and once for all who ask meanwhile. */
  sendAllSoon(tenures: () => readonly Tenure[]): void {
    const { clock, leases, random } = this.#options
    this.#cancelAnswer ??= clock.setTimer(
      () => {
        this.#cancelAnswer = undefined
        this.sendAll(tenures())
      },
      leases.leaseMs * ANSWER_SHARE * random(),
    )
  }

  stop(): void {
    this.#cancelAnswer?.()
  }

  /** Reports one server, if it is owned. */
  sendOne(tenure: Tenure | undefined): void {
    const report = tenure?.report
    if (report !== undefined) this.send({ servers: [report] })
  }

  send(news: Partial<WorkerReport>): void {
    const { bus, id, capacity, leases } = this.#options
    const report: WorkerReport = {
      worker: id,
      capacity,
      owned: this.#owned.size,
      leaseMs: leases.leaseMs,
      servers: [],
      released: [],
      leaves: false,
      ...news,
    }
    bus.publish(this.#subjects.worker(id), reportText(report))
  }
}
