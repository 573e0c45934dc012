// @ts-nocheck
import { RconError } from '@bercon/protocol'

declare module '@bercon/protocol' {
  interface RconErrorCodes {
    'events-lost': RconError
    'wait-timeout': RconError
  }
}

/** Events arrived faster than the consumer took them; the oldest were dropped. */
export class EventsLostError extends RconError {
  static override readonly className: string = 'EventsLostError'
  /** The events' name. */
  readonly event: string
  /** How many were dropped since the last one was taken. */
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
}

/** The awaited event did not arrive in time. */
export class WaitTimeoutError extends RconError {
  static override readonly className: string = 'WaitTimeoutError'
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
}
