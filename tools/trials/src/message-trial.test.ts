import { describe, expect, it } from 'vitest'
import { runForgottenTrial } from './forgotten-trial.js'
import { runMessageTrial } from './message-trial.js'

const MESSAGES = 5_000

describe.each([0.1, 0.3])('messages with a loss of %d in each direction', (loss) => {
  it.each([
    { sameText: false, seed: 1 },
    { sameText: true, seed: 2 },
  ])('arrive once each and are acknowledged: $sameText', ({ sameText, seed }) => {
    const result = runMessageTrial({ seed, messages: MESSAGES, loss, sameText })
    expect(result).toMatchObject({ delivered: MESSAGES, acknowledged: MESSAGES, wrong: 0, loginKept: true })
    expect(result.repeated).toBeGreaterThan(0)
  })
})

it.each(['idle', 'busy'] as const)(
  'a client that was forgotten detects it, and logs in again: %s',
  (load) => {
    const result = runForgottenTrial({ seed: 3, load })
    expect(result.nextSession).toBe('logged-in')
    expect(result.unanswered).toBeGreaterThanOrEqual(30)
    expect(result.silentMs).toBeGreaterThanOrEqual(10_000)
    // When idle, the next keep-alive comes first.
    expect(result.noticedAfterMs).toBeLessThan(load === 'idle' ? 35_000 : 15_000)
  },
)
