import { RconError } from '@bercon/protocol'

declare module '@bercon/protocol' {
  interface RconErrorCodes {
    'events-lost': RconError
    'wait-timeout': RconError
  }
}

/** Whoever takes events one by one was slower than they came; the oldest were given up. */
export class EventsLostError extends RconError {
  /** The events' name. */
  readonly event: string
  /** How many were given up since one was last taken. */
  readonly lost: number
  readonly maxQueued: number

  constructor(facts: { readonly event: string; readonly lost: number; readonly maxQueued: number }) {
    const { event, lost, maxQueued } = facts
    // The blocking client's worker has an option of its own for the queue between two calls.
    const option = event === 'connection' ? 'maxQueuedEvents' : 'maxQueued'
    super(
      'events-lost',
      `${lost} ${event} ${lost === 1 ? 'event was' : 'events were'} dropped because the queue of ${maxQueued} was full; read them more often, or raise ${option}`,
    )
    this.event = event
    this.lost = lost
    this.maxQueued = maxQueued
  }

  static {
    EventsLostError.prototype.name = 'EventsLostError'
  }
}

/** The event that was waited for did not come. */
export class WaitTimeoutError extends RconError {
  readonly event: string
  readonly timeoutMs: number

  constructor(facts: { readonly event: string; readonly timeoutMs: number }) {
    super(
      'wait-timeout',
      `No matching ${facts.event} event arrived within ${Math.round(facts.timeoutMs)} ms; raise timeoutMs to wait longer`,
    )
    this.event = facts.event
    this.timeoutMs = facts.timeoutMs
  }

  static {
    WaitTimeoutError.prototype.name = 'WaitTimeoutError'
  }
}
