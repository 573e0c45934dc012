import { describe, expect, it } from 'vitest'
import type { SessionFailure } from './dialect.js'
import { type Exchange, failureError, newExchange, survives } from './exchange.js'

const TIMEOUTS = { resentCommandTimeoutMs: 30_000, sentOnceCommandTimeoutMs: 10_000 }
const failed = (
  reason: SessionFailure['reason'],
  outcome: SessionFailure['outcome'] = 'unknown',
  attempts = 1,
) => ({ reason, outcome, attempts })

function asked(resend = false, earlierAttempts = 0): Exchange {
  const exchange = newExchange({ text: 'kick 3', resend }, 1_000, {}, TIMEOUTS)
  exchange.attempts = earlierAttempts
  return exchange
}

describe('a request', () => {
  it('has the deadline of its kind, or of the call', () => {
    expect(asked(true)).toMatchObject({ askedAt: 1_000, deadline: 31_000, state: 'waiting' })
    expect(asked(false)).toMatchObject({ deadline: 11_000 })
    const own = newExchange({ text: 'kick 3', resend: true }, 1_000, { timeoutMs: 5 }, TIMEOUTS)
    expect(own.deadline).toBe(1_005)
  })

  it('has its text as UTF-8', () => {
    expect(newExchange({ text: 'é', resend: true }, 0, {}, TIMEOUTS).bytes).toEqual(Uint8Array.of(0xc3, 0xa9))
  })

  it('is refused with a bad timeout, by name', () => {
    const ask = () => newExchange({ text: 'x', resend: true }, 0, { timeoutMs: -1 }, TIMEOUTS)
    expect(ask).toThrow(expect.objectContaining({ code: 'invalid-argument', argument: 'timeoutMs' }))
  })

  it('fails at once with the reason of a signal that is aborted already', () => {
    const signal = AbortSignal.abort('enough')
    const ask = () => newExchange({ text: 'x', resend: true }, 0, { signal }, TIMEOUTS)
    expect(ask).toThrow('enough')
  })
})

describe('a request without a reply', () => {
  it.each([
    ['timed-out', 'command-timeout'],
    ['incomplete', 'incomplete-reply'],
    ['reply-too-large', 'reply-too-large'],
    ['forgotten', 'connection-lost'],
    ['login-timed-out', 'connection-lost'],
    ['closed', 'closed'],
  ] as const)('that is %s fails as %s', (reason, code) => {
    expect(failureError(asked(), failed(reason), 3_000)).toMatchObject({ code, command: 'kick 3' })
  })

  it('fails with the time since the call, and all that was sent in any login', () => {
    const error = failureError(asked(true, 2), failed('timed-out', 'unknown', 3), 3_500)
    expect(error).toMatchObject({ attempts: 5, elapsedMs: 2_500, outcome: 'unknown', resend: true })
  })

  it.each([
    ['not-sent', 0, 0, 'not-sent'],
    ['not-sent', 0, 2, 'unknown'],
    ['unknown', 1, 0, 'unknown'],
    ['executed', 1, 0, 'executed'],
    ['executed', 1, 2, 'executed'],
  ] as const)(
    'was %s in this login, sent %i times and %i times earlier: %s',
    (now, attempts, earlier, outcome) => {
      const error = failureError(asked(false, earlier), failed('timed-out', now, attempts), 3_000)
      expect(error).toMatchObject({ outcome })
    },
  )

  it('was executed if replies came that did not agree', () => {
    const exchange = asked(true)
    exchange.mixedReply = 'x'
    expect(failureError(exchange, failed('timed-out'), 3_000)).toMatchObject({ outcome: 'executed' })
  })

  it.each([
    ['forgotten', true, 'unknown', true],
    ['login-timed-out', true, 'unknown', true],
    ['forgotten', false, 'not-sent', true],
    ['login-timed-out', false, 'not-sent', true],
    ['forgotten', false, 'unknown', false],
    ['timed-out', true, 'not-sent', false],
    ['closed', true, 'not-sent', false],
  ] as const)(
    'that is %s, may be sent again: %s, and was %s goes on in the next login: %s',
    (reason, resend, outcome, goesOn) => {
      expect(survives(asked(resend), failed(reason, outcome))).toBe(goesOn)
    },
  )
})
