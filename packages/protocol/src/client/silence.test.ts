import { describe, expect, it } from 'vitest'
import { Silence } from './silence.js'

describe('Silence', () => {
  it('is over so long after the last packet that it takes, not after the first', () => {
    const silence = new Silence(3, 100)
    silence.sent(0)
    silence.sent(1_000)
    expect(silence.overAt).toBe(Number.POSITIVE_INFINITY)
    silence.sent(2_000)
    expect(silence.overAt).toBe(2_100)
    expect(silence).toMatchObject({ unanswered: 3, since: 0 })
  })

  it('is not put off by more packets', () => {
    const silence = new Silence(2, 100)
    for (let at = 10; at < 60; at += 10) silence.sent(at)
    expect(silence.overAt).toBe(120)
    expect(silence).toMatchObject({ unanswered: 5, since: 10 })
  })

  it('begins anew with any answer', () => {
    const silence = new Silence(2, 100)
    silence.sent(0)
    silence.sent(1)
    silence.answered()
    expect(silence.overAt).toBe(Number.POSITIVE_INFINITY)
    silence.sent(50)
    expect(silence).toMatchObject({ unanswered: 1, since: 50, overAt: Number.POSITIVE_INFINITY })
    silence.sent(60)
    expect(silence.overAt).toBe(160)
  })
})
