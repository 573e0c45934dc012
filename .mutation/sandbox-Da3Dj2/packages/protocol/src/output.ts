/** The datagrams and events of a session, until its driver takes them after the input. */
// @ts-nocheck

export class Output<Event> {
  #datagrams: Uint8Array[] | undefined
  #events: Event[] | undefined

  send(datagram: Uint8Array): void {
    // Most inputs produce one datagram. An array literal takes a fraction of the memory of an array that grows.
    if (this.#datagrams === undefined) this.#datagrams = [datagram]
    else this.#datagrams.push(datagram)
  }

  emit(event: Event): void {
    if (this.#events === undefined) this.#events = [event]
    else this.#events.push(event)
  }

  takeDatagrams(): readonly Uint8Array[] {
    const datagrams = this.#datagrams ?? []
    this.#datagrams = undefined
    return datagrams
  }

  takeEvents(): readonly Event[] {
    const events = this.#events ?? []
    this.#events = undefined
    return events
  }
}
