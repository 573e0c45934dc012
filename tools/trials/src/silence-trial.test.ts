import { describe, expect, it } from 'vitest'
import { runFalseAlarmTrial, runHangTrial, runRestartTrial } from './silence-trial.js'

const LINKS = [0, 0.1, 0.3].map((loss) => [loss, { loss, minDelayMs: 15, maxDelayMs: 60 }] as const)

describe.each(LINKS)('an idle client, with a loss of %d in each direction', (_, link) => {
  it('reports a restarted server within 20 s, and ends its login within 30 s', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const result = runRestartTrial({ seed, link })
      expect(result.unresponsiveAfterMs, `seed ${seed}`).toBeLessThanOrEqual(20_000)
      expect(result.forgottenAfterMs, `seed ${seed}`).toBeLessThanOrEqual(30_000)
      expect(result.sent, `seed ${seed}`).toBeLessThanOrEqual(45)
    }
  })

  it('makes no report in a hundred hours with a server that answers', () => {
    expect(runFalseAlarmTrial({ seed: 1, link }, 100)).toMatchObject({
      unresponsive: 0,
      forgotten: 0,
      virtualMs: 360_000_000,
    })
  })

  it('keeps its login at a server that hangs for nine seconds, and reports that', () => {
    for (let seed = 1; seed <= 20; seed++)
      expect(runHangTrial({ seed, link }, 9_000), `seed ${seed}`).toMatchObject({
        events: ['unresponsive', 'responsive'],
        loginKept: true,
      })
  })
})
