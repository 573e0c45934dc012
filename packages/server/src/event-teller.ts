import type { RconServerEvent } from './server-event.js'

/** Tells a listener what happens. One that throws, or gives a promise that rejects, stops nothing and is told of it. */
export class EventTeller {
  readonly #onEvent: (event: RconServerEvent) => unknown

  constructor(onEvent: (event: RconServerEvent) => unknown) {
    this.#onEvent = onEvent
  }

  tell(event: RconServerEvent): void {
    const fail = (error: unknown) => {
      // A listener that fails at being told of a failure is left alone.
      if (event.type !== 'error') this.tell({ type: 'error', error })
    }
    try {
      const told = this.#onEvent(event)
      if (typeof told === 'object' && told !== null) Promise.resolve(told).catch(fail)
    } catch (error) {
      fail(error)
    }
  }
}
