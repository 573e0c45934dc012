// @ts-nocheck
import { encodeText } from '@bercon/protocol'
import { createRandom } from '@bercon/protocol/link'
import { describe, expect, test } from 'vitest'
import { cutAt, echoed, playerList, ReforgerWire, type Said } from './reforger-wire.js'

const LIST = playerList(200)
const BYTES = encodeText(LIST)
const LIVE = ['(Side) Ann: hello', 'Player #3 Rook disconnected', 'RCon admin #0: (Global) hi']

// Like real servers, at about a kilobyte, with a short piece at the end.
const KILOBYTES = cutAt(
  BYTES,
  ...Array.from({ length: Math.floor(BYTES.length / 1000) }, (_, i) => (i + 1) * 1000),
)

const GIVEN_UP = /^(timed-out, not-sent|forgotten, .*)$/

function listing(chunks: readonly Uint8Array[], pauseMs = 0): (command: string) => readonly Said[] {
  return (command) => echoed(command, chunks, pauseMs)
}

describe('a list of 200 players', () => {
  // A prime step reaches every position in a row, in rows all over the list.
  test.each([
    ['wherever it is cut', playerList(12), 1],
    ['at cuts all over a long one', LIST, 19],
  ])('is whole and exact %s in two', (_where, list, step) => {
    const bytes = encodeText(list)
    let cut = 0
    const wire = new ReforgerWire({
      answer: (command) => echoed(command, command === '#players' ? cutAt(bytes, cut) : []),
    })
    wire.login()
    for (cut = 1; cut < bytes.length; cut += step)
      if (wire.ask('players') !== list) throw new Error(`another list when cut at ${cut}`)
    // No part of it was emitted as an event.
    expect(wire.lines).toEqual(['Logged In! Client ID: #0'])
  })

  test.each([1, 251, 501, 751])(
    'is whole and exact, or fails as incomplete, over 250 seeds from %i on with 20 %% loss each way',
    (first) => {
      const results = { whole: 0, incomplete: 0, forgotten: 0, other: [] as string[] }
      for (let seed = first; seed < first + 250; seed++) {
        const random = createRandom(seed)
        const places = Array.from({ length: 6 }, () => 1 + Math.floor(random() * (BYTES.length - 1)))
        const wire = new ReforgerWire({
          link: { seed, loss: 0.2, minDelayMs: 5, maxDelayMs: 60, reorder: 0.1 },
          answer: listing(cutAt(BYTES, ...places.sort((a, b) => a - b)), seed % 3 === 0 ? 400 : 0),
        })
        wire.login()
        for (const [index, line] of LIVE.entries()) wire.sayAt(wire.now + 30 + index * 40 + (seed % 50), line)
        const answer = wire.ask('players')
        if (answer === LIST) results.whole++
        else if (answer.startsWith('incomplete')) results.incomplete++
        // It forgot a client whose acknowledgments were lost five times, before the command or during its output.
        else if (GIVEN_UP.test(answer) && wire.server.state === 'expired') results.forgotten++
        else results.other.push(`${seed}: ${answer.slice(0, 60)}`)
      }
      expect(results.other).toEqual([])
      expect(results.whole).toBeGreaterThan(225)
    },
  )

  test.each([
    ['the echo', 1],
    ['the first piece', 2],
    ['a middle piece', 7],
    ['the last piece', KILOBYTES.length + 1],
    ['the echo of the second command', KILOBYTES.length + 2],
  ])('is complete if %s is lost and repeated', (_what, number) => {
    const wire = new ReforgerWire({
      answer: listing(KILOBYTES),
      losesFirst: (sequence) => sequence === number,
    })
    wire.login()
    expect(wire.ask('players')).toBe(LIST)
  })

  test('is complete if every message is lost the first time', () => {
    const wire = new ReforgerWire({ answer: listing(KILOBYTES), losesFirst: () => true })
    wire.login()
    expect(wire.ask('players')).toBe(LIST)
  })

  test('fails as incomplete if its last piece does not arrive in time', () => {
    const last = KILOBYTES.length + 1
    const wire = new ReforgerWire({ answer: listing(KILOBYTES), losesFirst: (number) => number === last })
    wire.login()
    expect(wire.ask('players', { timeoutMs: 1_500 })).toBe('incomplete, executed')
  })

  test('looks complete without its last piece if the end is not verified', () => {
    const last = KILOBYTES.length + 1
    const wire = new ReforgerWire({
      reforger: { verifyEnd: false },
      answer: listing(KILOBYTES),
      losesFirst: (number) => number === last,
    })
    wire.login()
    const answer = wire.ask('players')
    expect(LIST.startsWith(answer)).toBe(true)
    expect(answer.length).toBeLessThan(LIST.length)
  })

  test('is complete if the server pauses 400 ms between two pieces', () => {
    const wire = new ReforgerWire({ answer: listing(KILOBYTES, 400) })
    wire.login()
    expect(wire.ask('players')).toBe(LIST)
    expect(wire.ask('players')).toBe(LIST)
  })

  test('excludes BattlEye’s lines within it, which become events', () => {
    const wire = new ReforgerWire({ answer: listing(KILOBYTES, 100) })
    wire.login()
    for (const [index, line] of LIVE.entries()) wire.sayAt(wire.now + 150 + index * 100, line)
    expect(wire.ask('players')).toBe(LIST)
    expect(wire.lines).toEqual(['Logged In! Client ID: #0', ...LIVE])
  })

  test('is not mixed with that of a second execution', () => {
    // Late acknowledgments of the command, so that it is sent and executed again and again.
    for (let seed = 1; seed <= 50; seed++) {
      const wire = new ReforgerWire({
        link: { seed, minDelayMs: 5, maxDelayMs: 400 },
        answer: listing(KILOBYTES, 20),
      })
      wire.login()
      for (let call = 0; call < 3; call++) {
        const answer = wire.ask('players')
        expect(
          answer === LIST || answer.startsWith('incomplete'),
          `seed ${seed}: ${answer.slice(0, 60)}`,
        ).toBe(true)
      }
    }
  })
})
