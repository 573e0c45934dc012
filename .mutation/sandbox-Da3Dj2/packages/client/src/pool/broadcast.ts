/** The outcome of a command on one server: its value or its error. */
// @ts-nocheck

export type PoolResult<T> = { readonly ok: T } | { readonly error: unknown }

/** A server's name in the pool, and the outcome of the command there. */
export type ServerResult<T> = readonly [server: string, result: PoolResult<T>]

/**
 * A command under way to many servers: `await` returns all results by server, in the order of the servers; `for await`
 * yields each as it arrives. Neither rejects.
 */
export class Broadcast<T> implements PromiseLike<Map<string, PoolResult<T>>>, AsyncIterable<ServerResult<T>> {
  readonly #results: readonly Promise<ServerResult<T>>[]
  // In order of arrival.
  readonly #come: ServerResult<T>[] = []
  #wake: () => void = () => {}
  #next: Promise<void> = Promise.resolve()

  constructor(results: readonly Promise<ServerResult<T>>[]) {
    this.#results = results
    this.#renew()
    for (const result of results) {
      void result.then((come) => {
        this.#come.push(come)
        this.#wake()
        this.#renew()
      })
    }
  }

  /** Calls back with all results by server, once the last has arrived. */
  // biome-ignore lint/suspicious/noThenProperty: `await pool.broadcast(…)` is what most callers write
  then<A = Map<string, PoolResult<T>>, B = never>(
    onResults?: ((results: Map<string, PoolResult<T>>) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return Promise.all(this.#results)
      .then((results) => new Map(results))
      .then(onResults, onError)
  }

  /** Yields each result as it arrives; those that arrived before the loop started come first. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ServerResult<T>, void, undefined> {
    for (let at = 0; at < this.#results.length; at++) {
      while (this.#come.length <= at) await this.#next
      yield this.#come[at] as ServerResult<T>
    }
  }

  #renew(): void {
    this.#next = new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
