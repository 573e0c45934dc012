import { describe, expect, it } from 'vitest'
import { decodeServerPacket } from '../wire/decode.js'
import { MessageOutbox } from './message-outbox.js'
import { type ServerSessionOptions, serverSessionOptions } from './server-options.js'

function outboxWith(options: Partial<ServerSessionOptions> = {}) {
  const sent: number[] = []
  const outbox = new MessageOutbox(serverSessionOptions(options), (datagram) => {
    const packet = decodeServerPacket(datagram)
    sent.push(packet.type === 'message' ? packet.sequence : -1)
  })
  return { outbox, sent }
}

const bytes = new Uint8Array(10)

describe('MessageOutbox', () => {
  it('sends at once, with sequences from 0 that wrap (P8)', () => {
    const { outbox, sent } = outboxWith()
    for (let number = 0; number < 600; number++) {
      expect(outbox.add(bytes, 0)).toBe(true)
      expect(outbox.acknowledge(number % 256, 0)).toBe(number)
    }
    expect(sent).toEqual(Array.from({ length: 600 }, (_, number) => number % 256))
  })

  it('has at most 64 open after the oldest unacknowledged one (W11)', () => {
    const { outbox, sent } = outboxWith()
    for (let i = 0; i < 100; i++) outbox.add(bytes, 0)
    expect(outbox).toMatchObject({ open: 65, queued: 35 })
    expect(outbox.acknowledge(30, 1)).toBe(30)
    expect(outbox).toMatchObject({ open: 64, queued: 35 })
    expect(outbox.acknowledge(0, 2)).toBe(0)
    expect(outbox).toMatchObject({ open: 64, queued: 34 })
    expect(sent.at(-1)).toBe(65)
  })

  it('sends queued messages in order as soon as there is room', () => {
    const { outbox, sent } = outboxWith()
    for (let i = 0; i < 1_000; i++) expect(outbox.add(bytes, 0)).toBe(true)
    for (let number = 0; number < 1_000; number++) expect(outbox.acknowledge(number % 256, 0)).toBe(number)
    expect(sent).toEqual(Array.from({ length: 1_000 }, (_, number) => number % 256))
    expect(outbox).toMatchObject({ open: 0, queued: 0, nextAt: Number.POSITIVE_INFINITY })
  })

  it('ignores an acknowledgment of a message that is not open, or a second one', () => {
    const { outbox } = outboxWith()
    outbox.add(bytes, 0)
    expect(outbox.acknowledge(1, 1)).toBeUndefined()
    expect(outbox.acknowledge(0, 1)).toBe(0)
    expect(outbox.acknowledge(0, 1)).toBeUndefined()
  })

  it('sends a message five times, two seconds apart, then gives up (P9)', () => {
    const { outbox, sent } = outboxWith()
    outbox.add(bytes, 0)
    for (const at of [2_000, 4_000, 6_000, 8_000]) {
      expect(outbox.nextAt).toBe(at)
      expect(outbox.handleTimeout(at - 1)).toBe(true)
      expect(outbox.handleTimeout(at)).toBe(true)
    }
    expect(sent).toHaveLength(5)
    expect(outbox.nextAt).toBe(10_000)
    expect(outbox.handleTimeout(10_000)).toBe(false)
    expect(sent).toHaveLength(5)
  })

  it('repeats only due messages', () => {
    const { outbox, sent } = outboxWith()
    outbox.add(bytes, 0)
    outbox.add(bytes, 500)
    outbox.add(bytes, 1_000)
    outbox.acknowledge(0, 1_100)
    expect(outbox.nextAt).toBe(2_500)
    outbox.handleTimeout(2_500)
    expect(sent).toEqual([0, 1, 2, 1])
    expect(outbox.nextAt).toBe(3_000)
  })

  it('repeats the oldest eight only while the peer acknowledges nothing, and then at once all that were due', () => {
    const { outbox, sent } = outboxWith({ messageAttempts: 20 })
    for (let i = 0; i < 100; i++) outbox.add(bytes, i)
    const sentIn = (until: number) => {
      const before = sent.length
      while (outbox.nextAt <= until) expect(outbox.handleTimeout(outbox.nextAt)).toBe(true)
      return sent.slice(before)
    }
    const oldest = [0, 1, 2, 3, 4, 5, 6, 7]
    expect(sentIn(2_500)).toEqual(oldest)
    expect(sentIn(20_500)).toHaveLength(9 * oldest.length)
    // It has a place for each that is acknowledged.
    for (const sequence of [2, 0, 1, 3]) outbox.acknowledge(sequence, 20_600)
    expect(sent.slice(-4)).toEqual([65, 66, 67, 68])
    expect(sentIn(20_600)).toEqual(Array.from({ length: 57 }, (_, index) => index + 8))
    expect(sentIn(22_500)).toEqual([4, 5, 6, 7])
    expect(new Set(sentIn(24_500))).toEqual(new Set([4, 5, 6, 7, 8, 9, 10, 11]))
  })

  it('refuses messages beyond the queue’s length, but never one that can be sent at once', () => {
    const { outbox } = outboxWith({ maxQueuedMessages: 2, maxQueuedBytes: 5 })
    // 10 bytes exceed the queue, but this message need not wait.
    for (let i = 0; i < 65; i++) expect(outbox.add(bytes, 0)).toBe(true)
    expect(outbox.add(bytes, 0)).toBe(false)
    expect(outbox.add(new Uint8Array(2), 0)).toBe(true)
    expect(outbox.add(new Uint8Array(2), 0)).toBe(true)
    expect(outbox.add(new Uint8Array(1), 0)).toBe(false)
    expect(outbox.queued).toBe(2)
  })

  it('refuses messages beyond the queue’s bytes', () => {
    const { outbox } = outboxWith({ maxQueuedBytes: 25 })
    for (let i = 0; i < 67; i++) expect(outbox.add(bytes, 0)).toBe(true)
    expect(outbox.add(bytes, 0)).toBe(false)
    expect(outbox.hasRoom(5)).toBe(true)
    outbox.acknowledge(0, 0)
    expect(outbox.add(bytes, 0)).toBe(true)
  })
})
