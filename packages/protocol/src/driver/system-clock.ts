import type { Clock } from './alarm.js'

/** What a clock needs of a platform beyond the language, described structurally: this package compiles without one. */
interface Platform {
  readonly performance: { now(): number }
  readonly process?: { hrtime?(): [number, number] }
  setTimeout(callback: () => void, delayMs: number): unknown
  clearTimeout(timer: unknown): void
}

// The longest delay of a timer in Node and in browsers; a longer one would fire at once.
const LONGEST_MS = 2_147_483_647

// Node's own timer costs a third of `performance.now`, which is looked up and checked at each call. It is kept here because
// a look into `process` costs as much again. Bundlers leave out what is marked as pure where no clock is used.
const hrtime = /* @__PURE__ */ nodeTimer()

function nodeTimer(): (() => [number, number]) | undefined {
  const { process } = platform()
  return process?.hrtime?.bind(process)
}

function platform(): Platform {
  return globalThis as unknown as Platform
}

/** The system's clock, in Node and in browsers. A timer of more than 24.8 days rings after 24.8 days. */
export const systemClock: Clock & {
  /** Milliseconds since 1970. */
  wallNow(): number
} = {
  now: () => {
    if (hrtime === undefined) return platform().performance.now()
    const [seconds, nanoseconds] = hrtime()
    return seconds * 1_000 + nanoseconds / 1_000_000
  },
  wallNow: () => Date.now(),
  setTimer: (callback, delayMs) => {
    const timer = platform().setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_MS))
    return () => platform().clearTimeout(timer)
  },
}
