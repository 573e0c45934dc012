import { Observable, Subject } from 'rxjs'
import type { Line, LineKind } from './line.js'

/** Lines beyond this bound leave at the old end. */
export const MAX_LINES = 10_000
// Removing one line at each arrival would copy the rest every time.
const SLACK = 500

/** The newest lines of one server's log. */
export class LineRecord {
  readonly #changed = new Subject<void>()
  #lines: Line[] = []
  #nextKey = 0
  #dropped = 0

  add(at: number, kind: LineKind, text: string): void {
    this.#lines.push({ key: this.#nextKey++, at, kind, text })
    if (this.#lines.length > MAX_LINES + SLACK) {
      this.#dropped += this.#lines.length - MAX_LINES
      this.#lines = this.#lines.slice(-MAX_LINES)
    }
    this.#changed.next()
  }

  get lines(): readonly Line[] {
    return this.#lines
  }

  /** How many lines have left at the old end. */
  get dropped(): number {
    return this.#dropped
  }

  /** Emits after each line. */
  get changed$(): Observable<void> {
    return this.#changed
  }
}

/** What the log shows of a record. */
export interface LineFilter {
  readonly kinds: ReadonlySet<LineKind>
  /** Parts of the text, whatever their case; all have to be there. */
  readonly search: string
}

/** Whether the filter shows a line. */
export function matching({ kinds, search }: LineFilter): (line: Line) => boolean {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return ({ kind, text }) => {
    if (!kinds.has(kind)) return false
    if (words.length === 0) return true
    const folded = text.toLowerCase()
    return words.every((word) => folded.includes(word))
  }
}

/**
 * Emits the lines that pass the filter, now and after changes, at most once a frame: a server that writes 200 lines a
 * second costs no more than the screen can show. Only lines that are new since the last frame are tried.
 */
export function shownLines(record: LineRecord, filter: LineFilter): Observable<readonly Line[]> {
  return new Observable((subscriber) => {
    const passes = matching(filter)
    let shown = record.lines.filter(passes)
    let next = (record.lines.at(-1)?.key ?? -1) + 1
    let frame: number | undefined
    const emit = () => {
      frame = undefined
      const { lines } = record
      const first = lines[0]?.key ?? 0
      const kept = (shown[0]?.key ?? first) < first ? shown.filter(({ key }) => key >= first) : shown
      if (kept !== shown && kept.length > 0) {
        // Alone, so that the view can keep its place: what leaves is above it, what is new below.
        shown = kept
        subscriber.next(shown)
        frame = requestAnimationFrame(emit)
        return
      }
      const fresh = lines.slice(Math.max(0, next - first)).filter(passes)
      next = (lines.at(-1)?.key ?? -1) + 1
      if (fresh.length === 0 && kept === shown) return
      shown = [...kept, ...fresh]
      subscriber.next(shown)
    }
    subscriber.next(shown)
    subscriber.add(record.changed$.subscribe(() => (frame ??= requestAnimationFrame(emit))))
    subscriber.add(() => {
      if (frame !== undefined) cancelAnimationFrame(frame)
    })
  })
}
