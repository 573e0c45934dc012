import type { Endpoint } from './bound-socket.js'

// As many as the system's library reads in one turn. Each message that is sent is acknowledged: a server that sends more
// than it reads in a turn fills its receive buffer with acknowledgments, loses them, and sends the messages again.
const PER_TURN = 32

interface Outgoing {
  readonly datagram: Uint8Array
  readonly to: Endpoint
}

/** Sends datagrams in their order, no more of them in a turn of the event loop than are read in one. */
export class TurnPace {
  readonly #send: (datagram: Uint8Array, to: Endpoint) => void
  #waiting: Outgoing[] = []
  // Those before it are sent.
  #first = 0
  #sentInTurn = 0
  #isScheduled = false

  constructor(send: (datagram: Uint8Array, to: Endpoint) => void) {
    this.#send = send
  }

  add(datagram: Uint8Array, to: Endpoint): void {
    if (this.#sentInTurn < PER_TURN) this.#sendNow(datagram, to)
    else this.#waiting.push({ datagram, to })
    this.#schedule()
  }

  /** Sends all that wait. */
  flush(): void {
    const waiting = this.#waiting.slice(this.#first)
    this.#waiting = []
    this.#first = 0
    for (const { datagram, to } of waiting) this.#send(datagram, to)
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => this.#beginTurn())
  }

  #beginTurn(): void {
    this.#isScheduled = false
    this.#sentInTurn = 0
    while (this.#sentInTurn < PER_TURN && this.#first < this.#waiting.length) {
      const { datagram, to } = this.#waiting[this.#first++] as Outgoing
      this.#sendNow(datagram, to)
    }
    if (this.#first < this.#waiting.length) this.#schedule()
    if (this.#first * 2 < this.#waiting.length) return
    this.#waiting = this.#waiting.slice(this.#first)
    this.#first = 0
  }

  #sendNow(datagram: Uint8Array, to: Endpoint): void {
    this.#sentInTurn++
    this.#send(datagram, to)
  }
}
