import type { CancelSignal } from '@bercon/core'

/** Lets so many tasks run at a time; the others wait in order. */
export class Limiter {
  readonly #most: number
  // Each by the function that begins it.
  readonly #waiting = new Set<() => void>()
  readonly #running = new Set<() => void>()

  constructor(most: number) {
    this.#most = most
  }

  /**
   * Runs the task when there is a place for it. When the signal is aborted it rejects at once with the reason: a task
   * that waits never begins, and one that runs gives its place up, whether it ends or not.
   */
  run<T>(task: () => Promise<T>, signal?: CancelSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const begin = async () => {
        try {
          resolve(await task())
        } catch (error) {
          reject(error)
        } finally {
          leave()
        }
      }
      const leave = () => {
        signal?.removeEventListener('abort', abort)
        this.#waiting.delete(begin)
        // A turn later, so that many that are given up together do not begin one after the other.
        if (this.#running.delete(begin)) queueMicrotask(() => this.#beginNext())
      }
      const abort = () => {
        leave()
        reject(signal?.reason)
      }
      if (signal?.aborted) {
        abort()
        return
      }
      signal?.addEventListener('abort', abort)
      this.#waiting.add(begin)
      this.#beginNext()
    })
  }

  #beginNext(): void {
    for (const begin of this.#waiting) {
      if (this.#running.size >= this.#most) return
      this.#waiting.delete(begin)
      this.#running.add(begin)
      begin()
    }
  }
}
