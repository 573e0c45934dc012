/** A promise with `resolve` and `reject` as methods. */
export class Deferred<T> {
  readonly promise: Promise<T>
  #resolve: (value: T) => void = () => {}
  #reject: (reason: unknown) => void = () => {}

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** Fulfills the promise. */
  resolve(value: T): void {
    this.#resolve(value)
  }

  /** Rejects the promise. */
  reject(reason: unknown): void {
    this.#reject(reason)
  }
}
