import type { WorkerReport } from '../wire/worker-report.js'
import { ranked } from './rendezvous.js'

interface Member {
  readonly firstHeardAt: number
  readonly heardAt: number
  readonly hasRoom: boolean
}

/** The workers that a worker hears of, and who of them should own which server. */
export class Members {
  readonly #self: string
  readonly #leaseMs: number
  readonly #others = new Map<string, Member>()
  #rankings = new Map<string, readonly string[]>()

  constructor(self: string, leaseMs: number) {
    this.#self = self
    this.#leaseMs = leaseMs
  }

  /** Returns whether the worker was unknown. */
  follow({ worker, owned, capacity, leaves }: WorkerReport, now: number): boolean {
    if (worker === this.#self) return false
    const known = this.#others.get(worker)
    const hasRoom = owned < capacity
    if (leaves) this.#others.delete(worker)
    else this.#others.set(worker, { firstHeardAt: known?.firstHeardAt ?? now, heardAt: now, hasRoom })
    if (leaves || known?.hasRoom !== hasRoom) this.#rankings.clear()
    return known === undefined && !leaves
  }

  /** Forgets workers that have not been heard of for the life of a lease. */
  expire(now: number): void {
    for (const [worker, { heardAt }] of this.#others) {
      if (now - heardAt < this.#leaseMs) continue
      this.#others.delete(worker)
      this.#rankings.clear()
    }
  }

  /** This worker's place among those that should own the server and have room, from 0. */
  placeOf(server: string): number {
    return this.#ranking(server).indexOf(this.#self)
  }

  /** Whether another worker should own the server and has been there for the life of a lease. */
  hasBetter(server: string, now: number): boolean {
    const [best] = this.#ranking(server)
    const member = best === undefined ? undefined : this.#others.get(best)
    return member !== undefined && now - member.firstHeardAt >= this.#leaseMs
  }

  #ranking(server: string): readonly string[] {
    const known = this.#rankings.get(server)
    if (known !== undefined) return known
    const others = [...this.#others].filter(([, { hasRoom }]) => hasRoom).map(([worker]) => worker)
    const ranking = ranked(server, [this.#self, ...others])
    this.#rankings.set(server, ranking)
    return ranking
  }
}
