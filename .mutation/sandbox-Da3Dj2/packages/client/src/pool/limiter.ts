// @ts-nocheck
import type { CancelSignal } from '@bercon/core'

/** Limits how many tasks run at a time; the others wait in order. */
export class Limiter {
  readonly #most: number
  // Each entry is the function that starts the task.
  readonly #waiting = new Set<() => void>()
  readonly #running = new Set<() => void>()

  constructor(most: number) {
    this.#most = most
  }

  /**
   * Runs the task when there is a place for it. If the signal is aborted, it rejects at once with the reason: a waiting
   * task never starts, and a running one frees its place, whether it ends or not.
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
        // One microtask later, so that tasks canceled together do not start one after the other.
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
