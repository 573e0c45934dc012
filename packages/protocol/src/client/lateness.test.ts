import { expect, it } from 'vitest'
import { Wire } from '../testing/wire.js'
import { decodeText, encodeText } from '../text/text.js'
import { Lateness } from './lateness.js'

/** A `Lateness` with enough answers to know its network. */
function experienced(): Lateness {
  const lateness = new Lateness(1_000)
  for (let answer = 0; answer < 256; answer++) lateness.answered(answer, 100)
  return lateness
}

it('returns 250 ms at first, then 0 while no copies arrive', () => {
  expect(new Lateness(1_000).restMs).toBe(250)
  expect(experienced().restMs).toBe(0)
})

it('returns twice the delay of the latest copy', () => {
  const lateness = experienced()
  lateness.unexpected(3, 150)
  lateness.unexpected(4, 110)
  expect(lateness.restMs).toBeGreaterThan(99)
  expect(lateness.restMs).toBeLessThanOrEqual(100)
})

it('counts no answer as a copy if its sequence was not answered or belongs to another command', () => {
  const lateness = experienced()
  lateness.forget(4)
  expect(lateness.unexpected(4, 150)).toBe(false)
  expect(lateness.unexpected(3, 100)).toBe(true)
  expect(lateness.restMs).toBe(0)
})

it('never exceeds the maximum', () => {
  const lateness = experienced()
  lateness.unexpected(3, 3_600_000)
  expect(lateness.restMs).toBe(1_000)
})

it('falls from the maximum with the next answer, however late a copy was', () => {
  const lateness = experienced()
  lateness.unexpected(3, 3_600_000)
  lateness.answered(5, 3_600_000)
  expect(lateness.restMs).toBeLessThan(1_000)
})

it('forgets a late copy after many answers without copies', () => {
  const lateness = experienced()
  lateness.unexpected(3, 3_600_000)
  for (let answer = 0; answer < 60_000; answer++) lateness.answered(answer % 256, 200)
  expect(lateness.restMs).toBeLessThan(20)
})

it('forgets a late copy after many punctual ones', () => {
  const lateness = experienced()
  lateness.unexpected(3, 500)
  for (let copy = 0; copy < 5_000; copy++) lateness.unexpected(3, 110)
  expect(lateness.restMs).toBeLessThan(25)
})

it.each([1, 2, 3])(
  'no reply is taken for that of another command on a network that repeats datagrams, seed %i',
  (seed) => {
    const COMMANDS = 4_000
    const asked = new Map<number, string>()
    let right = 0
    let wrong = 0
    const ask = () => {
      const text = `command ${asked.size}`
      asked.set(wire.client.sendCommand(encodeText(text), { resend: true }, wire.now), text)
    }
    const wire: Wire = new Wire({
      link: { seed, repeat: 0.05, reorder: 0.1, reorderMs: 100, minDelayMs: 1, maxDelayMs: 10 },
      onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, event.bytes),
      onClientEvent: (event) => {
        if (event.type !== 'reply' || event.id === 0) return
        if (decodeText(event.bytes) === asked.get(event.id)) right++
        else wrong++
        if (asked.size < COMMANDS) ask()
      },
    })
    wire.login()
    for (let caller = 0; caller < 200; caller++) ask()
    wire.run(600_000, () => right + wrong === COMMANDS)
    expect({ right, wrong }).toEqual({ right: COMMANDS, wrong: 0 })
  },
)
