import type { MemberReport } from '../wire/worker-report.js'
import { ranked } from './rendezvous.js'

interface Member {
  readonly firstHeardAt: number
  readonly heardAt: number
  readonly hasRoom: boolean
}

/** How long a new worker hears of the others before it takes anything, in lives of a lease. */
export const LISTENS_FIRST: number = 1 / 3

// In lives of a lease: longer than between two reports, of which one may be lost.
const CUT_OFF_SHARE = 0.75

/** The workers that a worker hears of, and who of them should own which server. */
export class Members {
  readonly #self: string
  readonly #leaseMs: number
  readonly #others = new Map<string, Member>()
  // By its own reports, which come back to it over the bus.
  #connectedSince = Number.NEGATIVE_INFINITY
  #selfHeardAt = Number.NEGATIVE_INFINITY
  #rankings = new Map<string, readonly string[]>()

  constructor(self: string, leaseMs: number) {
    this.#self = self
    this.#leaseMs = leaseMs
  }

  /** Takes in what a worker reports of itself. */
  follow({ worker, owned, capacity, leaves }: MemberReport, now: number): void {
    if (worker === this.#self) {
      if (this.#isCutOff(now)) this.#connectedSince = now
      this.#selfHeardAt = now
      return
    }
    const known = this.#others.get(worker)
    const hasRoom = owned < capacity
    if (leaves) this.#others.delete(worker)
    else this.#others.set(worker, { firstHeardAt: known?.firstHeardAt ?? now, heardAt: now, hasRoom })
    if (leaves || known?.hasRoom !== hasRoom) this.#rankings.clear()
  }

  /**
   * Forgets workers that have not been heard of for the life of a lease. A worker that is cut off hears of nobody, which
   * says nothing of the others.
   */
  expire(now: number): void {
    if (this.#isCutOff(now)) return
    for (const [worker, { heardAt }] of this.#others) {
      if (now - Math.max(heardAt, this.#connectedSince) < this.#leaseMs) continue
      this.#others.delete(worker)
      this.#rankings.clear()
    }
  }

  /** This worker's place among those that should own the server and have room, from 0. */
  placeOf(server: string): number {
    return this.#better(server).length
  }

  /** Its place among those that would take it now: a newcomer listens first. */
  placeNow(server: string, now: number): number {
    const listens = this.#leaseMs * LISTENS_FIRST
    return this.#better(server).filter((worker) => {
      const member = this.#others.get(worker)
      return member !== undefined && now - member.firstHeardAt >= listens
    }).length
  }

  /** Whether another worker should own the server and has been there for the life of a lease. */
  hasBetter(server: string, now: number): boolean {
    const [best = this.#self] = this.#ranking(server)
    const member = this.#others.get(best)
    return member !== undefined && now - member.firstHeardAt >= this.#leaseMs
  }

  #isCutOff(now: number): boolean {
    return now - this.#selfHeardAt > this.#leaseMs * CUT_OFF_SHARE
  }

  #better(server: string): readonly string[] {
    const ranking = this.#ranking(server)
    return ranking.slice(0, ranking.indexOf(this.#self))
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
