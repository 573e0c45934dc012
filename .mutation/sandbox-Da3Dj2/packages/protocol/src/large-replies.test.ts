// @ts-nocheck
// A reply larger than the receive buffer of the receiver's system: the rest of it is lost (P2).
import { expect, it } from 'vitest'
import { ClientSession } from './client/client-session.js'
import type { ServerSessionOptions } from './server/server-options.js'
import { ServerSession } from './server/server-session.js'
import { encodeText } from './text/text.js'
import { sameBytes } from './wire/bytes.js'

const BUFFER_BYTES = 94 * 1024
const REPLY = new Uint8Array(500_000).map((_, index) => (index % 251) + 1)
const SECOND_MS = 1_000

/** Requests the reply through a buffer that is emptied every few milliseconds; time advances in steps of 1 ms. */
function ask(options: Partial<ServerSessionOptions>, emptiedEveryMs = 5) {
  const server = new ServerSession(encodeText('hunter2'), options)
  const client = new ClientSession()
  let executions = 0
  let lost = 0
  let held: Uint8Array[] = []
  let bytes: Uint8Array | undefined
  client.login(encodeText('hunter2'), 0)
  for (let now = 0; now <= 30 * SECOND_MS && bytes === undefined; now++) {
    for (const event of client.takeEvents()) {
      if (event.type === 'logged-in') client.sendCommand(encodeText('dump'), { resend: true }, now)
      if (event.type === 'reply') bytes = event.bytes
    }
    for (const datagram of client.takeDatagrams()) server.receive(datagram, now)
    for (const event of server.takeEvents()) {
      if (event.type !== 'command') continue
      executions++
      server.reply(event.id, REPLY)
    }
    server.handleTimeout(now)
    for (const datagram of server.takeDatagrams()) {
      const full = held.reduce((sum, { length }) => sum + length, 0) + datagram.length > BUFFER_BYTES
      if (full) lost++
      else held.push(datagram)
    }
    if (now % emptiedEveryMs === 0) {
      for (const datagram of held) client.receive(datagram, now)
      held = []
    }
    client.handleTimeout(now)
  }
  // The test framework would take seconds to compare them.
  return { isWhole: bytes !== undefined && sameBytes(bytes, REPLY), executions, lost }
}

it('500 kB pass a buffer of 94 KiB at the first sending, without a loss', () => {
  expect(ask({})).toEqual({ isWhole: true, executions: 1, lost: 0 })
})

it('500 kB pass it even if the receiver is slow, because repeats begin at other parts', () => {
  const { isWhole, executions, lost } = ask({}, 60)
  expect(isWhole).toBe(true)
  expect(lost).toBeGreaterThan(0)
  expect(executions).toBeGreaterThan(1)
})

it.each([false, true])(
  '500 kB pass it also in one burst, answers remembered or not: %s',
  (recognizeRepeats) => {
    expect(ask({ replyBurstIntervalMs: 0, recognizeRepeats }).isWhole).toBe(true)
  },
)
