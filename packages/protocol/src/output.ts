const NOTHING: readonly never[] = Object.freeze([])

/** What a session wants to send and to tell, until its driver takes it: after every input, all of it. */
export class Output<Event> {
  #datagrams: Uint8Array[] = []
  #events: Event[] = []

  send(datagram: Uint8Array): void {
    this.#datagrams.push(datagram)
  }

  tell(event: Event): void {
    this.#events.push(event)
  }

  takeDatagrams(): readonly Uint8Array[] {
    if (this.#datagrams.length === 0) return NOTHING
    const datagrams = this.#datagrams
    this.#datagrams = []
    return datagrams
  }

  takeEvents(): readonly Event[] {
    if (this.#events.length === 0) return NOTHING
    const events = this.#events
    this.#events = []
    return events
  }
}
