import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AsyncRconClient, UdpTransport } from '@bercon/client'
import { RconServer } from '@bercon/server'
import { percentiles } from '../report.js'

/** A reply of 500 kB with different parts. */
export const LARGE_REPLY: string = Array.from({ length: 25_000 }, (_, row) =>
  `${row}`.padStart(19, '.'),
).join('\n')

/** Options of a run of large replies. */
export interface LargeReplyRunOptions {
  readonly replies: number
  /** Whether the server runs in its own process. */
  readonly isApart: boolean
}

/** The result of the run. */
export interface LargeReplyRunResult {
  readonly good: boolean
  readonly whole: number
  readonly sent: number
  readonly resent: number
  readonly answerMs: Readonly<Record<string, number>>
}

// Linux doubles the requested size: this is a buffer of 212,992 bytes, the default of a socket.
const RECEIVE_BUFFER_BYTES = 106_496

/** Replies of 500 kB to a client whose receive buffer holds a fifth of one. */
export async function runLargeReplies(options: LargeReplyRunOptions): Promise<LargeReplyRunResult> {
  const { replies, isApart } = options
  const server = await (isApart ? startApart() : startHere())
  const transport = new UdpTransport({ receiveBufferBytes: RECEIVE_BUFFER_BYTES })
  const client = new AsyncRconClient({ playersIntervalMs: 0, transport })
  const times: number[] = []
  let whole = 0
  try {
    await client.connect('127.0.0.1', server.port, 'hunter2')
    for (let reply = 0; reply < replies; reply++) {
      const start = performance.now()
      const text = await client.sendCommand('dump', { resend: true }).catch(() => undefined)
      times.push(performance.now() - start)
      if (text === LARGE_REPLY) whole++
    }
    const { sent, resent } = client.statistics
    return { good: whole === replies, whole, sent, resent, answerMs: percentiles(times) }
  } finally {
    await client.close()
    await server.close()
  }
}

async function startHere() {
  const server = new RconServer({ password: 'hunter2', onCommand: () => LARGE_REPLY })
  const { port } = await server.listen()
  return { port, close: () => server.close() }
}

async function startApart() {
  const child = fork(new URL('./large-reply-server.js', import.meta.url))
  const [port] = (await once(child, 'message')) as [number]
  const close = async () => {
    child.disconnect()
    await once(child, 'exit')
  }
  return { port, close }
}
