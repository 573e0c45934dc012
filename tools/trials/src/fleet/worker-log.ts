import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** What a worker printed, and when, by this process's clock. */
interface Line {
  readonly at: number
  readonly worker: string
  readonly server: string
  readonly text: string
}

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
}
