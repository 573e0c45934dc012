const SLAB_BYTES = 64 * 1024

/**
 * Room for what is given to the system. A small array lives on V8's heap, and each one that the system is to read is moved
 * off it by itself, which costs many times the copy into room that is off it already.
 */
export class Slab {
  #bytes = new Uint8Array(0)
  #used = 0

  /** A copy that nobody writes to again; a new slab is begun where one is full, because what was sent may wait still. */
  copy(datagram: Uint8Array): Uint8Array {
    const { length } = datagram
    if (this.#used + length > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(SLAB_BYTES, length))
      this.#used = 0
    }
    this.#bytes.set(datagram, this.#used)
    const copy = this.#bytes.subarray(this.#used, this.#used + length)
    this.#used += length
    return copy
  }
}
