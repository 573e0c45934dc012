// @ts-nocheck
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** A thread with a simulated server, so that a blocking client does not wait for itself. */
export class ServerThread {
  readonly #worker = new Worker(new URL('./server-thread.mjs', import.meta.url))

  /** Starts a server in place of the previous one, and returns its port. */
  start(world: 'built-in' | 'many bans' | 'lively' | 'lossy' | 'battleye'): Promise<number> {
    return this.#ask(world)
  }

  /** The commands sent to the server since the last call, in order. */
  takeCommands(): Promise<readonly string[]> {
    return this.#ask('commands')
  }

  end(): Promise<unknown> {
    return this.#worker.terminate()
  }

  async #ask<T>(message: string): Promise<T> {
    this.#worker.postMessage(message)
    const [answer] = (await once(this.#worker, 'message')) as [T]
    return answer
  }
}
