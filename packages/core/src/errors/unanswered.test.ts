import { describe, expect, it } from 'vitest'
import { CommandTimeoutError, ConnectionLostError } from './command-errors.js'

describe.each([CommandTimeoutError, ConnectionLostError])('%o', (Unanswered) => {
  const message = (resend: boolean | undefined, outcome: 'unknown' | 'not-sent' | 'executed') =>
    new Unanswered({ command: 'players', attempts: 2, elapsedMs: 30_000, outcome, resend }).message

  it('warns against asking again only where a command changes something', () => {
    expect(message(false, 'unknown')).toContain('check before asking again')
    expect(message(undefined, 'unknown')).toContain('check before asking again')
    expect(message(true, 'unknown')).toContain('which is harmless: ask again')
    expect(message(true, 'unknown')).not.toContain('check')
  })

  it('says of one that only reads, too, that it was not sent', () => {
    expect(message(true, 'not-sent')).toContain('it was not sent')
  })
})
