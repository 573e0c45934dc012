// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { Link } from '../link/link.js'
import { decodeText, encodeText } from '../text/text.js'
import { ClientSession } from './client-session.js'

/** The CRC-32 of P1 bit by bit, as an independent implementation. */
function checksum(bytes: readonly number[]): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

function datagramOf(...payload: number[]): Uint8Array {
  const crc = checksum([0xff, ...payload])
  return Uint8Array.of(0x42, 0x45, crc, crc >>> 8, crc >>> 16, crc >>> 24, 0xff, ...payload)
}

/** A server that ignores a command whose sequence is among its last five, like one written in Python. */
class ForgetfulServer {
  readonly executed: string[] = []
  readonly ignored: string[] = []
  readonly #lastFive: number[] = []

  /** Its answer to a datagram. */
  receive(datagram: Uint8Array): readonly Uint8Array[] {
    const [type, sequence, ...text] = datagram.slice(7)
    if (type === 0) return [datagramOf(0, 1)]
    if (type !== 1 || sequence === undefined) return []
    const command = decodeText(Uint8Array.from(text))
    if (this.#lastFive.includes(sequence)) {
      this.ignored.push(command)
      return []
    }
    this.#lastFive.push(sequence)
    if (this.#lastFive.length > 5) this.#lastFive.shift()
    if (command !== '') this.executed.push(command)
    return [
      datagramOf(1, sequence, ...encodeText(command === '' ? '' : `${command} ${this.executed.length}`)),
    ]
  }
}

/** Sends `count` commands, some at a time, over a network without loss. */
function ask(texts: readonly string[], window: number, delayMs: number) {
  const server = new ForgetfulServer()
  const client = new ClientSession()
  const toServer = new Link({ minDelayMs: delayMs })
  const toClient = new Link({ minDelayMs: delayMs })
  const replies: string[] = []
  const failures: string[] = []
  let asked = 0
  let now = 0
  const next = () => {
    const text = texts[asked++]
    if (text !== undefined) client.sendCommand(encodeText(text), { resend: false }, now)
  }
  const flush = () => {
    for (const event of client.takeEvents()) {
      if (event.type === 'reply' && event.id > 0) replies.push(decodeText(event.bytes))
      else if (event.type === 'failure') failures.push(event.reason)
      else continue
      next()
    }
    for (const datagram of client.takeDatagrams()) toServer.send(datagram, now)
  }
  client.login(encodeText('hunter2'), now)
  for (let i = 0; i < window; i++) next()
  flush()
  while (replies.length + failures.length < texts.length && now < 600_000) {
    const times = [client.nextTimeout(), toServer.nextTimeout(), toClient.nextTimeout()]
    now = Math.max(now, Math.min(...times.map((at) => at ?? Number.POSITIVE_INFINITY)))
    for (const datagram of toServer.takeArrived(now))
      for (const answer of server.receive(datagram)) toClient.send(answer, now)
    for (const datagram of toClient.takeArrived(now)) {
      client.receive(datagram, now)
      flush()
    }
    client.handleTimeout(now)
    flush()
  }
  return { server, replies, failures, now }
}

describe.each([
  [1, 0.05],
  [4, 1],
  [64, 0.05],
  [64, 1],
  [64, 40],
])(
  'a server that ignores a command whose sequence is among its last five, %i at once, %d ms away',
  (window, delayMs) => {
    it('executes and answers each of 700 commands with the same text', () => {
      const { server, replies, failures } = ask(new Array(700).fill('removeBan 0'), window, delayMs)
      expect(failures).toEqual([])
      expect(server.ignored).toEqual([])
      expect(server.executed).toHaveLength(700)
      expect(new Set(replies).size).toBe(700)
    })

    it('answers each of 700 different commands', () => {
      const texts = Array.from({ length: 700 }, (_, index) => `kick ${index}`)
      const { server, replies, failures, now } = ask(texts, window, delayMs)
      expect(failures).toEqual([])
      expect([...server.executed].sort()).toEqual([...texts].sort())
      expect(replies).toHaveLength(700)
      // Except for one wait of a quarter of a second, as fast as the network.
      expect(now).toBeLessThan(10 + 250 + 2 * delayMs * (3 + 700 / window))
    })
  },
)
