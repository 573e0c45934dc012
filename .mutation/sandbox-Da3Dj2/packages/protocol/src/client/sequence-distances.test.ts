// @ts-nocheck
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Wire } from '../testing/wire.js'
import { decodeText, encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'

/** The parameters of a random load. */
interface Load {
  readonly seed: number
  readonly commands: number
  readonly window: number
  readonly maxInFlight: number
  /** The network: fast or slow, its loss and its copies. */
  readonly delayMs: number
  readonly loss: number
  readonly repeat: number
  /** Of a thousand commands, how many are answered late or never. */
  readonly slow: number
  readonly unanswered: number
  /** Of a hundred commands, how many may be sent again. */
  readonly again: number
  /** Time between two commands of one caller, in ms; keep-alives occur if it is long. */
  readonly pauseMs: number
}

const loads = fc.record<Load>({
  seed: fc.nat({ max: 1_000_000 }),
  commands: fc.constant(1_500),
  window: fc.constantFrom(1, 4, 64, 200),
  maxInFlight: fc.constantFrom(1, 16, 64, 128),
  delayMs: fc.constantFrom(0.05, 1, 20, 200),
  loss: fc.constantFrom(0, 0, 0.05, 0.3),
  repeat: fc.constantFrom(0, 0, 0.05),
  slow: fc.constantFrom(0, 5, 50),
  unanswered: fc.constantFrom(0, 5, 20),
  again: fc.constantFrom(0, 30, 100),
  pauseMs: fc.constantFrom(0, 0, 0, 300, 31_000),
})

interface Sending {
  readonly sequence: number
  /** The command's text, or a marker for a keep-alive. */
  readonly text: string
}

/** Runs a load and returns the client's sendings in order. */
function sendingsOf(load: Load): readonly Sending[] {
  const sendings: Sending[] = []
  const callers: number[] = []
  let [asked, settled] = [0, 0]
  const ask = () => {
    if (asked >= load.commands) return
    const resend = (asked * 37) % 100 < load.again
    wire.client.sendCommand(encodeText(`${asked++}`), { resend, timeoutMs: 5_000 }, wire.now)
  }
  const answerLater: [number, number][] = []
  const wire: Wire = new Wire({
    client: { maxInFlight: load.maxInFlight },
    link: {
      seed: load.seed,
      loss: load.loss,
      repeat: load.repeat,
      minDelayMs: load.delayMs,
      maxDelayMs: 2 * load.delayMs,
    },
    onServerEvent: (event) => {
      if (event.type !== 'command') return
      const dice = (Number(decodeText(event.bytes)) * 7_919 + load.seed) % 1_000
      if (event.bytes.length > 0 && dice < load.unanswered) wire.server.abandon(event.id)
      else if (event.bytes.length > 0 && dice < load.unanswered + load.slow)
        answerLater.push([wire.now + 1_500, event.id])
      else wire.server.reply(event.id, event.bytes)
    },
    onClientEvent: (event) => {
      if ((event.type !== 'reply' && event.type !== 'failure') || event.id === 0) return
      settled++
      if (load.pauseMs === 0) ask()
      else callers.push(wire.now + load.pauseMs)
    },
    onClientDatagram: (datagram) => {
      const packet = decodeClientPacket(datagram)
      if (packet.type === 'command')
        sendings.push({ sequence: packet.sequence, text: decodeText(packet.bytes) })
    },
  })
  wire.login()
  for (let i = 0; i < load.window; i++) ask()
  const commands = load.pauseMs === 31_000 ? 100 : load.commands
  const isDone = () => settled >= commands
  while (!isDone() && wire.client.state === 'logged-in') {
    const next = Math.min(wire.now + 50, answerLater[0]?.[0] ?? Number.POSITIVE_INFINITY)
    wire.run(next, isDone)
    while ((answerLater[0]?.[0] ?? Number.POSITIVE_INFINITY) <= wire.now)
      wire.server.reply((answerLater.shift() as [number, number])[1], encodeText('late'))
    while ((callers[0] ?? Number.POSITIVE_INFINITY) <= wire.now) {
      callers.shift()
      ask()
    }
  }
  expect(wire.client.state).toBe('logged-in')
  return sendings
}

/** The fewest assignments between the last use of a sequence and its use for another command. */
function shortestDistance(sendings: readonly Sending[]): number {
  const lastUse = new Map<number, { readonly text: string; readonly handOuts: number }>()
  let handOuts = 0
  let shortest = Number.POSITIVE_INFINITY
  let keepAlives = 0
  let lastKeepAlive = -1
  for (const { sequence, text: sent } of sendings) {
    // A keep-alive with the last one's sequence is that one sent again; any other is new.
    if (sent === '' && sequence !== lastKeepAlive) {
      lastKeepAlive = sequence
      keepAlives++
    }
    const before = lastUse.get(sequence)
    const text = sent === '' ? `keep-alive ${keepAlives}` : sent
    if (before?.text !== text) {
      handOuts++
      if (before !== undefined) shortest = Math.min(shortest, handOuts - before.handOuts)
    }
    lastUse.set(sequence, { text, handOuts })
  }
  return shortest
}

describe('the sequences of a session', () => {
  it('are never used for another command within 128 assignments, under any load', () => {
    let shortest = Number.POSITIVE_INFINITY
    fc.assert(
      fc.property(loads, (load) => {
        const distance = shortestDistance(sendingsOf(load))
        shortest = Math.min(shortest, distance)
        expect(distance).toBeGreaterThanOrEqual(128)
      }),
      { numRuns: 25 },
    )
    console.info(`Shortest distance over random loads: ${shortest} hand-outs`)
  })

  it.each([1, 64])('are assigned in order if everything is answered in time, %i at once', (window) => {
    const quick = {
      seed: 1,
      maxInFlight: 64,
      delayMs: 0.05,
      loss: 0,
      repeat: 0,
      slow: 0,
      unanswered: 0,
      again: 0,
    }
    const sendings = sendingsOf({ ...quick, commands: 2_000, window, pauseMs: 0 })
    expect(sendings.map(({ sequence }) => sequence)).toEqual(sendings.map((_, index) => index % 256))
  })
})
