// @ts-nocheck
import type { RconServerEvent } from './server-event.js'

/**
 * Calls a listener with events. If it throws, or returns a promise that rejects, that stops nothing, and the listener
 * receives it as an `error`.
 */
export class EventReporter {
  readonly #onEvent: (event: RconServerEvent) => unknown

  constructor(onEvent: (event: RconServerEvent) => unknown) {
    this.#onEvent = onEvent
  }

  report(event: RconServerEvent): void {
    const fail = (error: unknown) => {
      // A listener that fails at its own failure is not called again for it.
      if (event.type !== 'error') this.report({ type: 'error', error })
    }
    try {
      const returned = this.#onEvent(event)
      if (typeof returned === 'object' && returned !== null) Promise.resolve(returned).catch(fail)
    } catch (error) {
      fail(error)
    }
  }
}
