/** Time as a driver of sessions needs it. */
export interface Clock {
  /** Milliseconds that never go backwards, from any beginning. */
  now(): number
  /** Calls back once, after `delayMs`; gives what cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void
}
