import { describe, expect, it } from 'vitest'
import { runSlowServerTrial } from './slow-server-trial.js'

describe.each([
  ['measured before', true],
  ['not measured yet', false],
])('where the round trip was %s', (_, isMeasured) => {
  it.each([
    [30, 12_000],
    [2, 25_000],
    [64, 20_000],
  ])('%i commands that take %i ms each are all answered, and the login is kept', (commands, slowMs) => {
    const result = runSlowServerTrial({ seed: 1, commands, server: 'busy', slowMs, isMeasured })
    expect(result).toMatchObject({ answered: commands, failed: 0, loginKept: true })
  })

  it.each([
    ['hangs', 'hung', 1],
    ['hangs', 'hung', 2],
    ['hangs', 'hung', 3],
    ['is busy, and answers keep-alives,', 'busy', 1],
    ['is busy, and answers keep-alives,', 'busy', 2],
  ] as const)(
    '30 commands at a server that %s for 12 s cost 15 repeats at the most: %s, seed %i',
    (_, server, seed) => {
      const result = runSlowServerTrial({ seed, commands: 30, server, slowMs: 12_000, isMeasured })
      expect(result).toMatchObject({ answered: 30, failed: 0, loginKept: true })
      expect(result.repeats).toBeGreaterThan(5)
      expect(result.repeats).toBeLessThanOrEqual(15)
      expect(result.keepAlives).toBeLessThanOrEqual(40)
    },
  )
})
