import { describe, expect, it } from 'vitest'
import { Bundle } from './bundle.js'

function start() {
  const sent: string[] = []
  const ends: (() => void)[] = []
  const bundle = new Bundle(
    (text) => sent.push(text),
    (flush) => ends.push(flush),
  )
  const endTurn = () => {
    for (const end of ends.splice(0)) end()
  }
  return { bundle, sent, ends, endTurn }
}

describe('a bundle', () => {
  it('sends each text at once, by itself, while the other side takes no lists', () => {
    const { bundle, sent } = start()
    bundle.add('{"a":1}')
    bundle.add('{"a":2}')
    expect(sent).toEqual(['{"a":1}', '{"a":2}'])
  })

  it('sends the texts of a turn as one list, a single one as it is, and each once', () => {
    const { bundle, sent, ends, endTurn } = start()
    bundle.allow(1_000)
    bundle.add('1')
    bundle.add('2')
    expect([sent.length, bundle.length > 0, ends.length]).toEqual([0, true, 1])
    endTurn()
    bundle.add('3')
    bundle.flush()
    bundle.flush()
    endTurn()
    expect([sent, bundle.length]).toEqual([['[1,2]', '3'], 0])
  })

  it('makes no list longer than the other side takes, and keeps the order beside a text that is longer', () => {
    const { bundle, sent, endTurn } = start()
    bundle.allow(10)
    for (const text of ['111', '2222', '333', '4444', '5'.repeat(30), '6']) bundle.add(text)
    endTurn()
    expect(sent).toEqual(['[111,2222]', '[333,4444]', '5'.repeat(30), '6'])
    for (const text of sent.filter((each) => each.startsWith('[')))
      expect(text.length).toBeLessThanOrEqual(10)
  })

  it('keeps the order when the other side takes lists no more', () => {
    const { bundle, sent, endTurn } = start()
    bundle.allow(1_000)
    bundle.add('1')
    bundle.add('2')
    bundle.allow(0)
    bundle.add('3')
    endTurn()
    expect(sent).toEqual(['[1,2]', '3'])
  })

  it('makes none longer than both sides can use, whatever the other side says', () => {
    const { bundle, sent, endTurn } = start()
    bundle.allow(Number.MAX_SAFE_INTEGER)
    for (let each = 0; each < 40; each++) bundle.add(`"${'x'.repeat(998)}"`)
    endTurn()
    expect(sent.map((text) => JSON.parse(text).length)).toEqual([16, 16, 8])
  })
})
