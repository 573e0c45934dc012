/** What a session wants to send and to tell, until its driver takes it: after every input, all of it. */
export class Output<Event> {
  #datagrams: Uint8Array[] | undefined
  #events: Event[] | undefined

  send(datagram: Uint8Array): void {
    // Most inputs make one, and an array that begins with it takes a fraction of the room of one that it is put into.
    if (this.#datagrams === undefined) this.#datagrams = [datagram]
    else this.#datagrams.push(datagram)
  }

  tell(event: Event): void {
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
