import { expect, it } from 'vitest'
import { createRandom } from '../link/random.js'
import { Loss } from './loss.js'

const ODDS = 1e-9

/** The loss measured after `count` commands, each sent until it is answered. */
function lossAfter(commands: number, share: number, seed: number): Loss {
  const random = createRandom(seed)
  const loss = new Loss()
  for (let i = 0; i < commands; i++) {
    let sendings = 1
    while (random() < share) sendings++
    loss.answered(sendings)
  }
  return loss
}

it('assumes a bad network until it is measured', () => {
  expect(new Loss().packetsFor(ODDS)).toBeGreaterThan(30)
})

it('needs few packets on a network without loss', () => {
  expect(lossAfter(20, 0, 1).packetsFor(ODDS)).toBeLessThanOrEqual(16)
  expect(lossAfter(300, 0, 1).packetsFor(ODDS)).toBeLessThanOrEqual(6)
})

it.each([0.19, 0.36, 0.51])(
  'estimates a network correctly where %d of all exchanges fail, with any history',
  (share) => {
    const right = Math.log(ODDS) / Math.log(share)
    for (let seed = 1; seed <= 200; seed++) {
      const packets = lossAfter(400, share, seed).packetsFor(ODDS)
      // Some of the measurement was luck, but a false alarm is never ten thousand times as likely as requested.
      expect(packets).toBeGreaterThan((right * 5) / 9)
      expect(packets).toBeLessThan(2 * right + 5)
    }
  },
)

it('counts failed commands, and corrects the count for late answers', () => {
  const loss = lossAfter(300, 0, 1)
  const before = loss.packetsFor(ODDS)
  loss.unanswered(20)
  expect(loss.packetsFor(ODDS)).toBeGreaterThan(before)
  for (let i = 0; i < 30; i++) loss.cameLate()
  expect(loss.packetsFor(ODDS)).toBeLessThanOrEqual(before)
})

it('estimates within three standard deviations of what was measured, and 0 at least before that', () => {
  expect(new Loss().atLeast).toBe(0)
  const loss = new Loss()
  for (let i = 0; i < 3_000; i++) loss.answered(2)
  // Half of the last 400 packets.
  expect(loss.atLeast).toBeCloseTo(0.5 - 3 * Math.sqrt(0.25 / 400), 5)
  expect(loss.atMost).toBeCloseTo(0.5 + 3 * Math.sqrt(0.25 / 400), 5)
})
