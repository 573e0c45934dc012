import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** A thread with a simulated server in it, so that a client that blocks its own does not wait for itself. */
export class ServerThread {
  readonly #worker = new Worker(new URL('./server-thread.mjs', import.meta.url))

  /** Starts a server in place of the one before, and gives its port. */
  start(world: 'built-in' | 'many bans' | 'lively' | 'lossy' | 'battleye'): Promise<number> {
    return this.#ask(world)
  }

  /** The commands that the server was sent since the last call, in order. */
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
