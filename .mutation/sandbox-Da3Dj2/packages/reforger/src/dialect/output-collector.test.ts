// @ts-nocheck
import { decodeText, encodeText } from '@bercon/core/kit'
import { describe, expect, test } from 'vitest'
import { joinChunks } from '../joined-chunks.js'
import { OutputCollector } from './output-collector.js'
import { type SortedMessage, sortMessage } from './sorted-message.js'

function message(number: number, text: string): SortedMessage {
  return sortMessage({ type: 'message', bytes: encodeText(text), sequence: number % 256, number })
}

const ECHO = 'Processing Command: players'
const END = 'Processing Command: #players'

function collector(whole = true, before = { newest: 4, unsure: [] as number[] }): OutputCollector {
  return new OutputCollector('players', before, whole)
}

function addAll(to: OutputCollector, messages: readonly (readonly [number, string])[]): OutputCollector {
  for (const [number, text] of messages) to.add(message(number, text))
  return to
}

function text(of: OutputCollector): string {
  return decodeText(joinChunks(of.chunks))
}

describe('an output', () => {
  test('consists of the messages after the echo, in the order of their numbers', () => {
    const output = collector()
    addAll(output, [
      [7, 'b'],
      [6, 'a'],
    ])
    expect([output.status, text(output)]).toEqual(['no-echo', ''])
    output.add(message(5, ECHO))
    expect([output.status, text(output)]).toEqual(['open', 'a\nb'])
  })

  test('has a gap while a number is missing', () => {
    const output = addAll(collector(), [
      [5, ECHO],
      [6, 'a'],
      [8, 'c'],
    ])
    expect([output.status, text(output)]).toEqual(['gap', 'a'])
    output.add(message(7, '(Side) Ann: hi'))
    expect([output.status, text(output)]).toEqual(['open', 'a\nc'])
  })

  test('ends at the requested echo once every number before it has arrived', () => {
    const output = addAll(collector(), [
      [5, ECHO],
      [6, 'a'],
    ])
    output.expectEnd('#players', 7)
    output.add(message(8, END))
    expect(output.status).toBe('gap')
    output.add(message(7, '(Side) Ann: hi'))
    expect([output.status, output.isCrossed, output.endAt, text(output)]).toEqual(['ended', false, 8, 'a'])
  })

  test('does not end at an older echo of that command', () => {
    const output = addAll(collector(), [
      [5, ECHO],
      [6, END],
    ])
    output.expectEnd('#players', 6)
    expect([output.status, output.isCrossed]).toEqual(['open', true])
  })

  test.each<[string, readonly (readonly [number, string])[]]>([
    [
      'another echo lies in it',
      [
        [5, ECHO],
        [6, 'Processing Command: #ban'],
        [7, 'a'],
      ],
    ],
    [
      'it was executed twice',
      [
        [5, ECHO],
        [6, 'a'],
        [7, ECHO],
        [8, 'a'],
      ],
    ],
    [
      'there was output before its echo',
      [
        [5, 'x'],
        [6, ECHO],
        [7, 'a'],
      ],
    ],
  ])('is unreliable if %s', (_why, messages) => {
    expect(addAll(collector(), messages).isCrossed).toBe(true)
  })

  test('is unreliable if it continues after it seemed complete', () => {
    const output = addAll(collector(), [
      [5, ECHO],
      [6, 'a'],
    ])
    output.expectEnd('#players', 6)
    addAll(output, [
      [8, END],
      [7, 'b'],
    ])
    expect([output.status, output.isCrossed]).toEqual(['ended', true])
  })

  test('waits for missing messages before it, and is unreliable if they were output', () => {
    const before = { newest: 4, unsure: [3] }
    const messages: [number, string][] = [
      [5, ECHO],
      [6, 'a'],
    ]
    for (const [late, isCrossed] of [
      ['(Side) Ann: hi', false],
      ['of another', true],
    ] as const) {
      const output = addAll(collector(true, before), messages)
      output.expectEnd('#players', 6)
      output.add(message(7, END))
      expect(output.status).not.toBe('ended')
      expect(output.wants(3)).toBe(true)
      output.add(message(3, late))
      expect([output.status, output.isCrossed]).toEqual(['ended', isCrossed])
    }
  })

  test('ends at any other echo without verifyEnd', () => {
    const output = addAll(collector(false), [
      [5, ECHO],
      [6, 'a'],
      [7, 'Processing Command: x'],
      [8, 'b'],
    ])
    expect([output.status, text(output)]).toEqual(['ended', 'a'])
  })

  test('starts over at a second echo', () => {
    const output = addAll(collector(false), [
      [5, ECHO],
      [6, 'a'],
      [7, ECHO],
      [8, 'b'],
    ])
    expect(text(output)).toBe('b')
  })

  test('begins at its echo if there was no message before', () => {
    const output = addAll(collector(true, { newest: -1, unsure: [] }), [
      [200, ECHO],
      [201, 'a'],
    ])
    expect([output.status, text(output)]).toEqual(['open', 'a'])
  })

  test('returns messages that do not belong to it, and all of them if it is discarded', () => {
    const output = addAll(collector(), [
      [5, 'x'],
      [6, ECHO],
      [7, 'a'],
      [8, 'Connected to BE Master'],
      [10, 'y'],
    ])
    const numbers = (counts: boolean) => output.leftovers(counts).map(({ event }) => event.number)
    expect([numbers(true), numbers(false)]).toEqual([
      [5, 10],
      [5, 6, 7, 10],
    ])
  })

  describe('with a piece that looks like a line', () => {
    const FULL = `1 ; ${'x'.repeat(1_020)}`
    const LINE = '(Side) Evil: hi'

    function tailed(...after: readonly (readonly [number, string])[]): OutputCollector {
      const output = addAll(collector(), [[5, ECHO], [6, FULL], [7, LINE], ...after])
      output.expectEnd('#players', 7 + after.length)
      output.add(message(8 + after.length, END))
      return output
    }

    test('includes it if the piece before it has full length and ends within a row', () => {
      const output = tailed()
      expect([output.status, output.isCrossed, text(output)]).toEqual(['ended', false, FULL + LINE])
      expect(output.leftovers(true)).toEqual([])
    })

    test('emits it as a line if more output follows', () => {
      const output = addAll(collector(), [
        [5, ECHO],
        [6, FULL],
      ])
      expect(output.add(message(7, LINE))).toEqual([])
      expect(output.add(message(8, 'y')).map(({ event }) => event.number)).toEqual([7])
      expect(text(output)).toBe(`${FULL}y`)
    })

    test.each([
      ['is short', 'x'.repeat(100)],
      ['ends with its line', `${'x'.repeat(1_023)}\n`],
    ])('emits it as a line if the piece before it %s', (_why, piece) => {
      const output = addAll(collector(), [
        [5, ECHO],
        [6, piece],
      ])
      expect(output.add(message(7, LINE))).toHaveLength(1)
      expect(text(output)).toBe(piece)
    })

    test('includes it if it arrives before the piece that it belongs to', () => {
      const output = addAll(collector(), [[5, ECHO]])
      expect(output.add(message(7, LINE))).toEqual([])
      expect(output.add(message(6, FULL))).toEqual([])
      expect(text(output)).toBe(FULL + LINE)
    })

    test('includes it if it looks like an echo', () => {
      const output = tailed([8, '(Side) Ann: hello'])
      expect([output.status, text(output)]).toEqual(['ended', FULL + LINE])
      const echo = addAll(collector(), [
        [5, ECHO],
        [6, FULL],
        [7, ECHO],
      ])
      expect([echo.status, echo.isCrossed, text(echo)]).toEqual(['open', false, FULL + ECHO])
    })

    test('emits it as a line if the command was executed again after it', () => {
      const output = addAll(collector(), [
        [5, ECHO],
        [6, FULL],
        [7, LINE],
        [8, '(Side) Ann: hello'],
      ])
      expect(output.add(message(9, ECHO)).map(({ event }) => event.number)).toEqual([7])
      expect(text(output)).toBe('')
    })

    test('returns it as a line if the output is discarded', () => {
      expect(tailed().leftovers(false)).toContainEqual(expect.objectContaining({ kind: 'line' }))
    })
  })

  test('counts more than its bytes, so that empty messages are limited too', () => {
    const output = collector()
    for (let number = 5; number < 105; number++) output.add(message(number, ''))
    expect(output.cost).toBeGreaterThan(5_000)
  })
})
