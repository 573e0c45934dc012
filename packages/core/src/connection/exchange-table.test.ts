import { describe, expect, it } from 'vitest'
import { Exchange } from './exchange.js'
import { ExchangeTable } from './exchange-table.js'

function exchange(id: number): Exchange {
  const made = new Exchange({ text: `${id}`, resend: false }, 0, 1)
  made.id = id
  return made
}

describe('ExchangeTable', () => {
  it('returns each exchange once, however many there are and in whatever order they are taken', () => {
    const table = new ExchangeTable()
    const all = Array.from({ length: 1_000 }, (_, index) => exchange(index + 1))
    for (const one of all) table.add(one)
    expect(all.every((one) => table.has(one))).toBe(true)
    const scattered = all.toSorted((a, b) => ((a.id * 37) % 1_001) - ((b.id * 37) % 1_001))
    expect(scattered.map(({ id }) => table.take(id))).toEqual(scattered)
    expect(all.filter((one) => table.has(one) || table.take(one.id) !== undefined)).toEqual([])
  })

  it('keeps an old exchange while ids go round past it many times', () => {
    const table = new ExchangeTable()
    const old = exchange(1)
    table.add(old)
    for (let id = 2; id < 2_000; id++) {
      const one = exchange(id)
      table.add(one)
      expect(table.take(id)).toBe(one)
    }
    expect(table.take(1)).toBe(old)
  })

  it('does not know a foreign exchange, a keep-alive, or one with an id that another has', () => {
    const table = new ExchangeTable()
    const one = exchange(3)
    table.add(one)
    expect([table.has(exchange(3)), table.take(0), table.take(131)]).toEqual([false, undefined, undefined])
    expect(table.take(3)).toBe(one)
  })
})
