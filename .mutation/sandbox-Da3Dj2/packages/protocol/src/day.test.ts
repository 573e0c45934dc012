// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { createRandom } from './link/random.js'
import { Wire } from './testing/wire.js'
import { encodeText } from './text/text.js'
import { decodeClientPacket } from './wire/decode.js'

const DAY_MS = 24 * 3_600_000
const FORGOTTEN_AFTER_MS = 45_000

/** Calls `act` on the wire for a day, each time `waitMs` after the previous call. */
function passDay(wire: Wire, waitMs: () => number, act: () => void): void {
  const end = wire.now + DAY_MS
  for (let next = wire.now + waitMs(); next < end; next += waitMs()) {
    wire.run(next)
    act()
  }
  wire.run(end)
}

const line = encodeText('(Side) Bob: nice day')
const say = encodeText('say -1 hello')

const days: readonly [name: string, live: (wire: Wire) => void][] = [
  [
    'idle',
    (wire) =>
      passDay(
        wire,
        () => DAY_MS,
        () => {},
      ),
  ],
  [
    'with a server message every second and no commands',
    (wire) =>
      passDay(
        wire,
        () => 1_000,
        () => wire.server.sendMessage(line, wire.now),
      ),
  ],
  [
    'with a `say` every 5 to 55 s',
    (wire) => {
      const random = createRandom(77)
      const waitMs = () => 5_000 + random() * 50_000
      passDay(wire, waitMs, () => wire.client.sendCommand(say, { resend: false }, wire.now))
    },
  ],
]

describe.each([
  ['nothing is lost', 0],
  ['10 % is lost each way', 0.1],
])('a day in which %s', (_, loss) => {
  it.each(days)('%s: never 45 s without a command packet, and the login is kept (P7)', (_, live) => {
    let lastCommandAt = 0
    let longestGapMs = 0
    const ends: string[] = []
    const noteGap = (now: number) => {
      longestGapMs = Math.max(longestGapMs, now - lastCommandAt)
      lastCommandAt = now
    }
    const wire = new Wire({
      link: { seed: 20, loss, minDelayMs: 15, maxDelayMs: 60 },
      server: { messageAttempts: Number.POSITIVE_INFINITY },
      onServerDatagram: (datagram, now) => {
        if (decodeClientPacket(datagram).type === 'command') noteGap(now)
      },
      onServerEvent: (event) => {
        if (event.type === 'command') wire.server.reply(event.id, new Uint8Array())
        if (event.type === 'expired') ends.push(event.reason)
      },
      onClientEvent: (event) => {
        if (event.type === 'forgotten') ends.push(event.type)
      },
    })
    wire.login()
    lastCommandAt = wire.now
    live(wire)
    noteGap(wire.now)
    expect(wire.now).toBeGreaterThanOrEqual(DAY_MS)
    expect(longestGapMs).toBeLessThan(FORGOTTEN_AFTER_MS)
    expect(ends).toEqual([])
    expect(wire.client.state).toBe('logged-in')
    expect(wire.server.state).toBe('logged-in')
  })
})
