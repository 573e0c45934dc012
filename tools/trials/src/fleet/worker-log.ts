import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** What a worker printed, and when, by this process's clock. */
interface Line {
  readonly at: number
  readonly worker: string
  readonly server: string
  readonly text: string
}

/** How a server changed its owner. */
export type Move = 'handed over' | 'taken by another'

/** What workers print, kept and counted by kind. */
export class WorkerLog {
  readonly #lines: Line[] = []
  #counted = 0

  follow(worker: string, output: Readable): void {
    createInterface({ input: output }).on('line', (timed) => {
      const line = timed.slice(timed.indexOf(' ') + 1)
      const end = Math.max(0, line.indexOf(': '))
      this.#lines.push({
        at: performance.now(),
        worker,
        server: line.slice(0, end),
        text: line.slice(end + 2),
      })
    })
  }

  /** When the last server was taken, or given up. */
  get lastMoveAt(): number {
    return this.#lines.findLast(({ text }) => isTake(text) || isEnd(text))?.at ?? 0
  }

  /** How many lines of each kind there were since the last call: what was taken, expired, failed … */
  counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const { text } of this.#lines.slice(this.#counted)) {
      const kind = text.replace(/ \(epoch [0-9]+\)$/, '').replace(/[0-9]+/g, 'N')
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    this.#counted = this.#lines.length
    return counts
  }

  /** When, after `since`, each server was first reported so by one worker, or by any but that one, in ms after `since`. */
  first(kind: string, since: number, isOf: (worker: string) => boolean): ReadonlyMap<string, number> {
    const times = new Map<string, number>()
    for (const { at, worker, server, text } of this.#lines)
      if (at >= since && text.startsWith(kind) && isOf(worker) && !times.has(server))
        times.set(server, at - since)
    return times
  }

  /** How long each server that lost its owner after `since` had none, in ms; one that has none yet, until now. */
  unowned(since: number): readonly number[] {
    const times: number[] = []
    for (const lines of this.#byServer().values()) {
      const owners = new Set<string>()
      let lostAt: number | undefined
      for (const { at, worker, text } of lines) {
        if (isTake(text)) owners.add(worker)
        if (isEnd(text)) owners.delete(worker)
        if (owners.size > 0 && lostAt !== undefined) times.push(at - lostAt)
        if (owners.size > 0) lostAt = undefined
        else if (at >= since) lostAt ??= at
      }
      if (lostAt !== undefined) times.push(performance.now() - lostAt)
    }
    return times
  }

  /** How each server that has another owner since then has changed it. */
  moves(since: number): ReadonlyMap<string, Move> {
    const moves = new Map<string, Move>()
    for (const [server, lines] of this.#byServer()) {
      const released = new Set<string>()
      let [owner, before] = ['', '']
      for (const { at, worker, text } of lines) {
        if (text.startsWith('released')) released.add(worker)
        // The next owner may be quicker to say so.
        if (worker === before && released.has(before) && moves.has(server)) moves.set(server, 'handed over')
        if (!isTake(text)) continue
        if (worker !== owner) {
          if (at >= since && owner !== '')
            moves.set(server, released.has(owner) ? 'handed over' : 'taken by another')
          ;[before, owner] = [owner, worker]
        }
        released.delete(worker)
      }
    }
    return moves
  }

  #byServer(): ReadonlyMap<string, readonly Line[]> {
    const byServer = new Map<string, Line[]>()
    for (const line of this.#lines) {
      if (!isTake(line.text) && !isEnd(line.text)) continue
      const lines = byServer.get(line.server) ?? []
      lines.push(line)
      byServer.set(line.server, lines)
    }
    return byServer
  }
}

function isTake(text: string): boolean {
  return text.startsWith('taken ')
}

function isEnd(text: string): boolean {
  return /^(?:expired|lost|released|abandoned) /.test(text)
}
