import { describe, expect, it } from 'vitest'
import { encodeText } from '../text/text.js'
import { ReplyPacer } from './reply-pacer.js'
import { type ServerSessionOptions, serverSessionOptions } from './server-options.js'

function newPacer(options: Partial<ServerSessionOptions> = {}) {
  const sent: number[] = []
  const done: string[] = []
  const given = { replyBurstBytes: 100, replyBurstIntervalMs: 5, ...options }
  const pacer = new ReplyPacer(serverSessionOptions(given), ([first]) => sent.push(first as number))
  const add = (parts: number, command = 'bans', now = 0, firstPart = 0) => {
    const datagrams = Array.from({ length: parts }, (_, part) => new Uint8Array(10).fill(firstPart + part))
    pacer.add(datagrams, encodeText(command), now, () => done.push(command))
  }
  return { pacer, sent, done, add, takeSent: () => sent.splice(0) }
}

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index)

describe('ReplyPacer', () => {
  it('sends a reply within one burst at once, and a longer one burst by burst', () => {
    const { pacer, add, takeSent, done } = newPacer()
    add(3, 'players')
    expect([takeSent(), done, pacer.nextAt]).toEqual([[0, 1, 2], ['players'], Number.POSITIVE_INFINITY])
    add(25, 'bans', 10)
    expect([takeSent(), pacer.nextAt]).toEqual([upTo(10), 15])
    pacer.handleTimeout(14.9)
    expect(takeSent()).toEqual([])
    pacer.handleTimeout(15)
    expect([takeSent(), pacer.nextAt]).toEqual([upTo(10, 10), 20])
    pacer.handleTimeout(30)
    expect([takeSent(), pacer.nextAt]).toEqual([upTo(5, 20), Number.POSITIVE_INFINITY])
    expect(done).toEqual(['players', 'bans'])
  })

  it('counts all replies of one burst together, in order', () => {
    const { pacer, add, takeSent } = newPacer()
    for (const name of ['a', 'b', 'c']) add(6, name, 0, name === 'b' ? 100 : 0)
    expect(takeSent()).toEqual([...upTo(6), ...upTo(4, 100)])
    pacer.handleTimeout(5)
    expect(takeSent()).toEqual([...upTo(2, 104), ...upTo(6)])
  })

  it('begins a long reply to a repeat at another part each time, and sends every part', () => {
    const { pacer, add, takeSent } = newPacer({ replyBurstIntervalMs: 0 })
    const orders = upTo(8).map((repeat) => {
      add(50, 'bans', repeat * 1_000)
      return takeSent()
    })
    expect(orders[0]).toEqual(upTo(50))
    expect(new Set(orders.map(([first]) => first)).size).toBe(8)
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(upTo(50))
    expect(pacer.nextAt).toBe(Number.POSITIVE_INFINITY)
  })

  it('begins at the first part for another command, a short reply, and after the repeat window', () => {
    const { add, takeSent } = newPacer({ replyBurstIntervalMs: 0, repeatWindowMs: 30_000 })
    const startOf = (parts: number, command: string, now: number) => {
      add(parts, command, now)
      return takeSent()[0]
    }
    expect([startOf(50, 'bans', 0), startOf(50, 'log', 0)]).toEqual([0, 0])
    expect([startOf(5, 'players', 0), startOf(5, 'players', 1)]).toEqual([0, 0])
    expect([startOf(10, 'one burst', 0), startOf(10, 'one burst', 1)]).toEqual([0, 0])
    expect(startOf(50, 'bans', 29_999)).not.toBe(0)
    expect(startOf(50, 'bans', 60_000)).toBe(0)
    expect(startOf(50, 'bans', 90_000)).toBe(0)
    expect(startOf(50, 'bans', 119_999)).not.toBe(0)
  })

  it('recognizes a repeat behind fifteen other long replies, and not behind sixteen', () => {
    const { add, takeSent } = newPacer({ replyBurstIntervalMs: 0 })
    const startOf = (command: string) => {
      add(50, command)
      return takeSent()[0]
    }
    startOf('bans')
    for (let other = 0; other < 15; other++) startOf(`log ${other}`)
    expect(startOf('bans')).not.toBe(0)
    for (let other = 0; other < 16; other++) startOf(`other ${other}`)
    expect(startOf('bans')).toBe(0)
  })

  it('lets as much wait as it may, however much it has sent before', () => {
    const { add, takeSent, pacer } = newPacer({ maxPacedBytes: 500 })
    for (let reply = 0; reply < 60; reply++) {
      add(10, `early ${reply}`, reply * 10)
      expect(takeSent()).toHaveLength(10)
    }
    add(50, 'first', 10_000)
    expect(takeSent()).toHaveLength(10)
    add(10, 'second', 10_000)
    expect(takeSent()).toEqual([])
    add(1, 'third', 10_000)
    expect(takeSent()).toHaveLength(40)
    expect(pacer.nextAt).toBe(10_005)
  })

  it('sends the oldest reply at once if too much waits', () => {
    const { add, takeSent, done, pacer } = newPacer({ maxPacedBytes: 500 })
    add(60, 'first')
    expect(takeSent()).toHaveLength(10)
    add(60, 'second')
    expect(takeSent()).toEqual(upTo(50, 10))
    expect(done).toEqual(['first'])
    pacer.clear()
    pacer.handleTimeout(1_000)
    expect(takeSent()).toEqual([])
  })
})
