// @ts-nocheck
import type {
  CallOptions,
  ConnectionEvent,
  ConnectionState,
  ConnectionStatistics,
  LoginRefusedError,
} from '@bercon/core'
import type { CommandRequest, Connection } from '@bercon/core/kit'

/** A request without an answer yet. */
export interface Asked extends CommandRequest {
  readonly options: CallOptions
  readonly answer: (reply: string) => void
  readonly fail: (error: unknown) => void
}

/** A connection that a test controls: no sessions, no time. */
export class FakeConnection implements Connection {
  state: ConnectionState = 'idle'
  readonly asked: Asked[] = []
  readonly closed: Promise<Error | undefined>
  refusal: LoginRefusedError | undefined
  readonly #listeners = new Set<(event: ConnectionEvent) => void>()
  #end: (reason: Error | undefined) => void = () => {}
  #sent = 0

  constructor() {
    this.closed = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** `sent` increases with each read. */
  get statistics(): ConnectionStatistics {
    return { sent: this.#sent++ } as unknown as ConnectionStatistics
  }

  async open(): Promise<void> {
    this.emit({ type: 'connect', at: 0, address: '192.0.2.9', attempts: 1, elapsedMs: 0 })
  }

  exchange({ text, resend }: CommandRequest, options: CallOptions = {}): Promise<string> {
    return new Promise((answer, fail) => this.asked.push({ text, resend, options, answer, fail }))
  }

  close(): void {
    this.emit({ type: 'disconnect', at: 0, reason: 'closed' })
    this.#end(undefined)
  }

  /** The server refuses the password at a reconnect. */
  refuse(error: LoginRefusedError): void {
    this.refusal = error
    this.emit({ type: 'disconnect', at: 0, reason: 'refused' })
    this.#end(error)
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(event: ConnectionEvent): void {
    if (event.type === 'connect') this.state = 'connected'
    if (event.type === 'disconnect') this.state = event.reason === 'forgotten' ? 'reconnecting' : 'closed'
    for (const listener of this.#listeners) listener(event)
  }
}
