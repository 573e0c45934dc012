import fc from 'fast-check'
import { expect, it } from 'vitest'
import { InFlight } from './in-flight.js'
import { type SentCommand, sentCommand, waitingCommand } from './pending-command.js'

const TIMES = { addedAt: 0, deadline: 1_000 }
const command = (id: number, sequence: number) =>
  sentCommand(waitingCommand(id, new Uint8Array(), true, TIMES), sequence, -1, 0)
const sequence = fc.nat({ max: 7 })
const time = fc.nat({ max: 20 })
const act = fc.oneof(
  fc.record({ act: fc.constant('set' as const), sequence, time }),
  fc.record({ act: fc.constant('remove' as const), sequence }),
  fc.record({ act: fc.constant('look' as const), time }),
)

it('returns the first due command after any additions, postponements and removals', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
      const inFlight = new InFlight()
      const model = new Map<number, number>()
      const commands = Array.from({ length: 8 }, (_, at) => command(at + 1, at))
      const commandOf = (at: number) => commands[at] as SentCommand
      const earliest = () => Math.min(Number.POSITIVE_INFINITY, ...model.values())
      for (const step of acts) {
        if (step.act === 'set') {
          if (!model.has(step.sequence)) inFlight.add(commandOf(step.sequence), 0)
          inFlight.setDue(step.sequence, step.time)
          model.set(step.sequence, step.time)
        } else if (step.act === 'remove') {
          if (model.delete(step.sequence)) inFlight.remove(commandOf(step.sequence))
        } else {
          const due = inFlight.firstDue(step.time)
          expect(due === undefined).toBe(earliest() > step.time)
          if (due !== undefined) expect(model.get(due.id - 1)).toBe(earliest())
        }
        expect(inFlight.size).toBe(model.size)
        expect(inFlight.nextAt).toBeLessThanOrEqual(earliest())
      }
    }),
  )
})

it('wakes up early at most once after the first due command was answered', () => {
  const inFlight = new InFlight()
  const [first, second] = [command(1, 0), command(2, 1)]
  for (const [at, one] of [first, second].entries()) {
    inFlight.add(one, 0)
    inFlight.setDue(at, 100 * (at + 1))
  }
  inFlight.remove(first)
  expect(inFlight.nextAt).toBe(100)
  expect(inFlight.firstDue(100)).toBeUndefined()
  expect(inFlight.nextAt).toBe(200)
  inFlight.remove(second)
  expect(inFlight.nextAt).toBe(Number.POSITIVE_INFINITY)
})

it('finds a command by its id, and returns all in the order of the calls', () => {
  const inFlight = new InFlight()
  for (const [at, id] of [3, 1, 2].entries()) inFlight.add(command(id, at), 0)
  expect(inFlight.find(1)?.id).toBe(1)
  expect(inFlight.find(4)).toBeUndefined()
  expect(inFlight.inOrder().map(({ id }) => id)).toEqual([1, 2, 3])
})

it('finds a command by the sequence of each sending, and counts it once', () => {
  const inFlight = new InFlight()
  const [one, other] = [command(1, 0), command(2, 1)]
  inFlight.add(one, 10)
  inFlight.add(other, 10)
  inFlight.setDue(0, 20)
  inFlight.addSending(one, 2, 20)
  inFlight.setDue(2, 30)
  expect(inFlight.size).toBe(2)
  expect([0, 1, 2].map((sequence) => inFlight.get(sequence)?.id)).toEqual([1, 2, 1])
  expect(inFlight.inOrder().map(({ id }) => id)).toEqual([1, 2])
  expect(inFlight.firstDue(25)).toBeUndefined()
  expect(inFlight.firstDue(30)).toBe(one)
  inFlight.addSending(one, 3, 30)
  expect([inFlight.size, inFlight.repeatable]).toEqual([2, 2])
  inFlight.remove(one)
  expect([0, 1, 2, 3].map((sequence) => inFlight.get(sequence)?.id)).toEqual([
    undefined,
    2,
    undefined,
    undefined,
  ])
  expect([inFlight.size, inFlight.repeatable]).toEqual([1, 1])
})

it('measures each sending once, except one whose sequence was used twice', () => {
  const inFlight = new InFlight()
  const one = command(1, 0)
  inFlight.add(one, 10)
  inFlight.addSending(one, 1, 20)
  expect([inFlight.measure(1, 25), inFlight.measure(1, 26)]).toEqual([5, Number.NaN])
  inFlight.sendAgain(0, 25)
  expect(inFlight.measure(0, 30)).toBeNaN()
  expect([inFlight.lastSentAt(0), inFlight.lastSentAt(1)]).toEqual([25, 20])
  expect([inFlight.sentAt(0), inFlight.sentAt(1)]).toEqual([10, 20])
})

it('postpones those due earlier, leaves those due later, and takes the lower sequence first of two', () => {
  const inFlight = new InFlight()
  const [one, other] = [command(1, 0), command(2, 1)]
  for (const each of [one, other]) {
    each.intervalMs = 100
    inFlight.add(each, 0)
    inFlight.schedule(each, 100)
  }
  inFlight.postpone(50)
  expect(inFlight.firstDue(99)).toBeUndefined()
  expect(inFlight.firstDue(100)).toBe(one)
  inFlight.postpone(300)
  expect(inFlight.firstDue(299)).toBeUndefined()
  expect(inFlight.firstDue(300)).toBe(one)
})
