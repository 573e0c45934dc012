import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { type ConnectionOptions, type Outcome, WorkerFailedError } from '@bercon/core'
import { type ErrorData, errorFromData, errorToData } from '@bercon/core/kit'
import type { ClientMessage, HostMessage } from '@bercon/remote/wire'
import {
  type Asked,
  AT_ONCE,
  type Call,
  callName,
  DEMAND_AT,
  EVENTS,
  type Said,
  SIGNAL_AT,
  WORKER_MODULE,
} from '../call.js'
import type { WorkerSettings } from '../worker/worker.js'

/** Options to start a thread with. */
export interface ThreadOptions {
  readonly connection: Partial<ConnectionOptions>
  readonly dialect: string | undefined
  readonly maxQueuedEvents: number
  readonly workerTimeoutMs: number
}

const LONGEST_SLICE_MS = 1_000
// How long the end of the process waits for a worker.
const LEAVE_MS = 100

// Node 20 crashes if it ends a worker in the moment in which a datagram arrives there, so its socket is closed first.
const threads = new Set<ConnectionThread>()

function leaveAll(): void {
  for (const thread of threads) thread.leave()
}

/**
 * A worker thread with a connection, and the wait for its answers. The calling thread sleeps on a number in shared
 * memory, which the worker increases with every message and, as a sign of life, at intervals.
 */
export class ConnectionThread {
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #shared: Int32Array = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  readonly #workerTimeoutMs: number
  readonly #sliceMs: number
  #lastId = 0
  // The newest mark that came back.
  #mark = 0
  #inbox: HostMessage[] = []
  #failure: ErrorData | undefined

  constructor({ connection, dialect, maxQueuedEvents, workerTimeoutMs }: ThreadOptions) {
    this.#workerTimeoutMs = workerTimeoutMs
    this.#sliceMs = Math.min(LONGEST_SLICE_MS, workerTimeoutMs / 4)
    const { port1, port2 } = new MessageChannel()
    const workerData: WorkerSettings = {
      port: port2,
      shared: this.#shared,
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
    if (threads.size === 0) process.on('exit', leaveAll)
    threads.add(this)
    this.#worker.on('error', (error) => this.#fail(errorToData(error)))
    this.#worker.on('exit', () => this.#fail(errorToData('it ended by itself')))
  }

  /**
   * Blocks until the worker has carried out the call. Returns all that it has said since the last call.
   *
   * @param limitMs The longest that the call can take in normal operation.
   * @throws {@link WorkerFailedError} if no answer can arrive anymore, or the worker's own error if it is bercon's.
   */
  ask(call: Call, takesEvents: boolean, limitMs: number): readonly HostMessage[] {
    this.#read()
    if (this.#failure !== undefined) throw this.#error(call, 'not-sent')
    const id = ++this.#lastId
    // What it says first it says once.
    const messages = messagesOf(call, id)
    const isAtOnce = call.type === 'poll' || call.type === 'look'
    Atomics.store(this.#shared, DEMAND_AT, (takesEvents ? EVENTS : 0) | (isAtOnce ? AT_ONCE : 0))
    const asked: Asked = id === 1 ? [id, HELLO, ...messages] : [id, ...messages]
    this.#port.postMessage(asked)
    const isDone = this.#await(call, id, limitMs)
    Atomics.store(this.#shared, DEMAND_AT, 0)
    if (!isDone) throw this.#error(call, 'unknown')
    const inbox = this.#inbox
    this.#inbox = []
    return inbox
  }

  /** Ends the thread, and closes what it has open. */
  end(): void {
    threads.delete(this)
    if (threads.size === 0) process.off('exit', leaveAll)
    this.#port.close()
    void this.#worker.terminate()
  }

  /** Has the worker close its connection, for the end of the process. */
  leave(): void {
    const deadline = performance.now() + LEAVE_MS
    this.#port.postMessage([0, { type: 'close' }] satisfies Asked)
    while (this.#failure === undefined && this.#inbox.at(-1)?.type !== 'close') {
      const seen = Atomics.load(this.#shared, SIGNAL_AT)
      this.#read()
      const leftMs = deadline - performance.now()
      if (leftMs <= 0) return
      if (this.#inbox.at(-1)?.type !== 'close') Atomics.wait(this.#shared, SIGNAL_AT, seen, leftMs)
    }
  }

  #await(call: Call, id: number, limitMs: number): boolean {
    let waitedMs = 0
    let silentMs = 0
    while (this.#failure === undefined) {
      const seen = Atomics.load(this.#shared, SIGNAL_AT)
      this.#read()
      if (this.#isDone(call, id, waitedMs)) return true
      const before = performance.now()
      const woken = Atomics.wait(this.#shared, SIGNAL_AT, seen, this.#sliceOf(call, waitedMs))
      // However long it was: a process that is stopped for a while also stops its worker.
      const ms = Math.min(performance.now() - before, this.#sliceMs)
      waitedMs += ms
      silentMs = woken === 'timed-out' ? silentMs + ms : 0
      if (silentMs >= this.#workerTimeoutMs)
        this.#failBy(`it gave no sign of life for ${Math.round(this.#workerTimeoutMs)} ms`)
      if (waitedMs >= limitMs + this.#workerTimeoutMs)
        this.#failBy(`it gave no answer in ${Math.round(waitedMs)} ms`)
    }
    return false
  }

  /** Whether what was received ends the wait. */
  #isDone(call: Call, id: number, waitedMs: number): boolean {
    const last = this.#inbox.at(-1)
    switch (call.type) {
      case 'look':
        return this.#mark === id
      case 'poll':
        return (
          this.#mark === id && (waitedMs >= call.waitMs || this.#inbox.some(({ type }) => type === 'event'))
        )
      case 'close':
        return last?.type === 'close'
      default:
        return last?.type === 'answer' && last.id === id
    }
  }

  #sliceOf(call: Call, waitedMs: number): number {
    const isPolling = call.type === 'poll' && call.waitMs > waitedMs
    return isPolling ? Math.min(this.#sliceMs, call.waitMs - waitedMs) : this.#sliceMs
  }

  /** Takes what the worker has posted; its last message is how it ends. */
  #read(): void {
    for (;;) {
      const received: { message: Said } | undefined = receiveMessageOnPort(this.#port)
      if (received === undefined) return
      const [mark, ...messages] = received.message
      this.#mark = mark
      for (const message of messages) {
        if (message.type === 'close' && message.error !== undefined) this.#fail(message.error)
        else this.#inbox.push(message)
      }
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

const HELLO: ClientMessage = { type: 'hello', version: 1 }

function messagesOf(call: Call, id: number): readonly ClientMessage[] {
  switch (call.type) {
    case 'poll':
      return []
    case 'look':
      return [HELLO]
    case 'close':
      return [{ type: 'close' }]
    default:
      return [{ ...call, id }]
  }
}
