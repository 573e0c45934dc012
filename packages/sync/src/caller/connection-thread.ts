import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { type ConnectionOptions, type Outcome, WorkerFailedError } from '@bercon/core'
import { type ErrorData, errorFromData, errorToData } from '@bercon/core/kit'
import { type Answer, type Call, callName, type Failed, type NumberedCall, WORKER_MODULE } from '../call.js'
import type { WorkerSettings } from '../worker/worker.js'

/** Options to start a thread with. */
export interface ThreadOptions {
  readonly connection: Partial<ConnectionOptions>
  readonly dialect: string | undefined
  readonly maxQueuedEvents: number
  readonly workerTimeoutMs: number
}

const LONGEST_SLICE_MS = 1_000

/**
 * A worker thread with a connection, and the wait for its answers. The calling thread sleeps on a number in shared
 * memory, which the worker increases with every message and, as a sign of life, at intervals.
 */
export class ConnectionThread {
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #signal: Int32Array = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #workerTimeoutMs: number
  readonly #sliceMs: number
  #lastId = 0
  #failure: ErrorData | undefined

  constructor({ connection, dialect, maxQueuedEvents, workerTimeoutMs }: ThreadOptions) {
    this.#workerTimeoutMs = workerTimeoutMs
    this.#sliceMs = Math.min(LONGEST_SLICE_MS, workerTimeoutMs / 4)
    const { port1, port2 } = new MessageChannel()
    const workerData: WorkerSettings = {
      port: port2,
      signal: this.#signal,
      signOfLifeMs: this.#sliceMs,
      maxQueuedEvents,
      dialect,
      connection,
    }
    this.#port = port1
    this.#worker = new Worker(WORKER_MODULE, {
      name: '@bercon/sync',
      workerData,
      transferList: [port2],
      // The process's own flags are for its main script; `--input-type`, as with `node -e`, even forbids a file.
      execArgv: [],
    })
    this.#worker.unref()
    this.#worker.on('error', (error) => this.#fail(errorToData(error)))
    this.#worker.on('exit', () => this.#fail(errorToData('it ended by itself')))
  }

  /**
   * Blocks until the worker has answered.
   *
   * @param limitMs The longest that the call can take in normal operation.
   * @throws {@link WorkerFailedError} if no answer can arrive anymore, or the worker's own error if it is bercon's.
   */
  ask(call: Call, takesEvents: boolean, limitMs: number): Answer {
    const early = this.#read(0)
    if (early !== undefined || this.#failure !== undefined) throw this.#error(call, 'not-sent')
    const id = ++this.#lastId
    this.#port.postMessage({ ...call, id, takesEvents } satisfies NumberedCall)
    const answer = this.#await(id, limitMs + this.#workerTimeoutMs)
    if (answer === undefined) throw this.#error(call, 'unknown')
    return answer
  }

  /** Ends the thread, and closes what it has open. */
  end(): void {
    this.#port.close()
    void this.#worker.terminate()
  }

  #await(id: number, limitMs: number): Answer | undefined {
    let waitedMs = 0
    let silentMs = 0
    while (this.#failure === undefined) {
      const seen = Atomics.load(this.#signal, 0)
      const answer = this.#read(id)
      if (answer !== undefined) return answer
      const before = performance.now()
      const woken = Atomics.wait(this.#signal, 0, seen, this.#sliceMs)
      // However long it was: a process that is stopped for a while also stops its worker.
      const ms = Math.min(performance.now() - before, this.#sliceMs)
      waitedMs += ms
      silentMs = woken === 'timed-out' ? silentMs + ms : 0
      if (silentMs >= this.#workerTimeoutMs)
        this.#failBy(`it gave no sign of life for ${Math.round(this.#workerTimeoutMs)} ms`)
      if (waitedMs >= limitMs) this.#failBy(`it gave no answer in ${Math.round(waitedMs)} ms`)
    }
    return undefined
  }

  /** Returns the answer to the call, if it has arrived; records the worker's last message. */
  #read(id: number): Answer | undefined {
    for (;;) {
      const received: { message: Answer | Failed } | undefined = receiveMessageOnPort(this.#port)
      if (received === undefined) return undefined
      const { message: said } = received
      if ('failed' in said) this.#fail(said.failed)
      else if (said.id === id) return said
    }
  }

  #failBy(detail: string): void {
    this.#fail(errorToData(detail))
  }

  #fail(failure: ErrorData): void {
    this.#failure ??= failure
  }

  #error(call: Call, outcome: Outcome): Error {
    const failure = this.#failure
    if (failure?.code !== undefined) return errorFromData(failure)
    const resend = call.type === 'exchange' ? call.resend : call.type !== 'open'
    return new WorkerFailedError({ command: callName(call), outcome, resend, detail: failure?.message ?? '' })
  }
}
