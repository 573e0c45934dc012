import { expect, it } from 'vitest'
import { ranked } from './rendezvous.js'

const WORKERS = ['w1', 'w2', 'w3', 'w4']
const SERVERS = Array.from({ length: 2_000 }, (_, index) => `server-${index}`)

it('gives each worker about the same number of servers', () => {
  const counts = new Map(WORKERS.map((worker) => [worker, 0]))
  for (const server of SERVERS) {
    const [best = ''] = ranked(server, WORKERS)
    counts.set(best, (counts.get(best) ?? 0) + 1)
  }
  for (const count of counts.values()) {
    expect(count).toBeGreaterThan(425)
    expect(count).toBeLessThan(575)
  }
})

it('moves only the servers of a worker that goes', () => {
  for (const server of SERVERS) {
    const before = ranked(server, WORKERS)
    const after = ranked(server, ['w1', 'w2', 'w4'])
    expect(after).toEqual(before.filter((worker) => worker !== 'w3'))
  }
})

it('does not depend on the order in which the workers are known', () => {
  expect(ranked('altis', ['w3', 'w1', 'w4', 'w2'])).toEqual(ranked('altis', WORKERS))
})

it('does not depend on that either where two workers weigh the same', () => {
  const [a, b] = ['worker-c3n2h1', 'worker-uqz1ee'] as const
  expect([ranked('altis', [a, b]), ranked('altis', [b, a])]).toEqual([
    [a, b],
    [a, b],
  ])
})
