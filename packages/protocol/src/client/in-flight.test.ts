import fc from 'fast-check'
import { expect, it } from 'vitest'
import { InFlight } from './in-flight.js'
import { pendingCommand } from './pending-command.js'

const command = (id: number) => pendingCommand(id, new Uint8Array(), true, 0, 1_000)
const sequence = fc.nat({ max: 7 })
const time = fc.nat({ max: 20 })
const act = fc.oneof(
  fc.record({ act: fc.constant('set' as const), sequence, time }),
  fc.record({ act: fc.constant('remove' as const), sequence }),
  fc.record({ act: fc.constant('look' as const), time }),
)

it('gives what is due first, whatever is put in, put off and taken out before', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
      const inFlight = new InFlight()
      const model = new Map<number, number>()
      const earliest = () => Math.min(Number.POSITIVE_INFINITY, ...model.values())
      for (const step of acts) {
        if (step.act === 'set') {
          if (!model.has(step.sequence)) inFlight.add(step.sequence, command(step.sequence + 1))
          inFlight.setDue(step.sequence, step.time)
          model.set(step.sequence, step.time)
        } else if (step.act === 'remove') {
          if (model.delete(step.sequence)) inFlight.remove(step.sequence)
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

it('wants to be looked at once too early at the most, when what was due first has been answered', () => {
  const inFlight = new InFlight()
  for (const [at, dueAt] of [100, 200].entries()) {
    inFlight.add(at, command(at + 1))
    inFlight.setDue(at, dueAt)
  }
  inFlight.remove(0)
  expect(inFlight.nextAt).toBe(100)
  expect(inFlight.firstDue(100)).toBeUndefined()
  expect(inFlight.nextAt).toBe(200)
  inFlight.remove(1)
  expect(inFlight.nextAt).toBe(Number.POSITIVE_INFINITY)
})

it('finds a command by its id, and gives all in the order of the calls', () => {
  const inFlight = new InFlight()
  for (const [at, id] of [3, 1, 2].entries()) inFlight.add(at, command(id))
  expect(inFlight.find(1)?.id).toBe(1)
  expect(inFlight.find(4)).toBeUndefined()
  expect(inFlight.inOrder().map(({ id }) => id)).toEqual([1, 2, 3])
})
