import { checkMethods } from '@bercon/core/kit'
import { channelError } from '../channel-error.js'
import type { TextChannel } from './text-channel.js'

/** What a channel needs of a WebSocket: the browser's own and that of `ws` have it. */
export interface WebSocketLike {
  readonly readyState: number
  readonly bufferedAmount: number
  /** Queues a text message. */
  send(text: string): void
  /** Starts the closing handshake. */
  close(code?: number, reason?: string): void
  /** Subscribes to messages. */
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  /** Subscribes to the end of the socket. */
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void
  /** Subscribes to the start of the socket, and to its errors. */
  addEventListener(type: 'open' | 'error', listener: (event: object) => void): void
}

const CONNECTING = 0
const OPEN = 1
// As RFC 6455 §7.4.1 has them: no status, and no close frame at all, which is a cut.
const ABNORMAL = 1_006

/**
 * A channel over a WebSocket, at either end; one that is not open yet sends once it is. `ws` should be given a
 * `maxPayload`, which ends a message that is too long before it is read.
 */
export function webSocketChannel(socket: WebSocketLike): TextChannel {
  checkMethods('socket', socket, ['send', 'close', 'addEventListener'])
  let early: string[] = []
  let failure: unknown
  const end = ending()
  socket.addEventListener('open', () => {
    for (const text of early.splice(0)) socket.send(text)
  })
  // Its error is the reason, except in a browser; there the `close` that follows has it.
  socket.addEventListener('error', (event: { readonly error?: unknown; readonly message?: unknown }) => {
    failure = event.error ?? event.message
  })
  socket.addEventListener('close', ({ code }) => end.report(closeError(code, failure)))
  return {
    get unsent() {
      return socket.bufferedAmount
    },
    send: (text) => {
      if (socket.readyState === OPEN) socket.send(text)
      else if (socket.readyState === CONNECTING) early.push(text)
    },
    onText: (listener) => {
      socket.addEventListener('message', ({ data }) => {
        // A binary frame is no message, and as a text none either.
        listener(typeof data === 'string' ? data : '')
      })
    },
    onClose: end.listen,
    close: () => {
      early = []
      socket.close(1_000)
    },
  }
}

function closeError(code: number, failure: unknown): Error | undefined {
  if (failure) {
    const detail = failure instanceof Error ? failure.message : String(failure)
    return channelError(`The WebSocket failed: ${detail}`, failure)
  }
  return code === ABNORMAL ? channelError('The WebSocket was cut') : undefined
}

/** The end of a channel, reported once, to a listener that may come late. */
export function ending(): {
  readonly listen: (listener: (error?: Error) => void) => void
  readonly report: (error?: Error) => void
} {
  let ended: { readonly error: Error | undefined } | undefined
  let hear: ((error?: Error) => void) | undefined
  return {
    listen: (listener) => {
      hear = listener
      if (ended !== undefined) listener(ended.error)
    },
    report: (error) => {
      if (ended !== undefined) return
      ended = { error }
      hear?.(error)
    },
  }
}
