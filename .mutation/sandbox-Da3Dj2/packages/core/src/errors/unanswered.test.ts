// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { ERROR_SAMPLES } from '../../test/error-samples.js'
import {
  ClosedError,
  CommandTimeoutError,
  ConnectionLostError,
  isNoReply,
  type UnansweredFacts,
  WorkerFailedError,
} from './command-errors.js'

const ERRORS = {
  CommandTimeoutError: (facts: UnansweredFacts) => new CommandTimeoutError(facts),
  ConnectionLostError: (facts: UnansweredFacts) => new ConnectionLostError(facts),
  ClosedError: (facts: UnansweredFacts) => new ClosedError(facts),
  WorkerFailedError: (facts: UnansweredFacts) => new WorkerFailedError({ ...facts, detail: 'a defect' }),
}

describe.each(Object.entries(ERRORS))('%s', (_, unanswered) => {
  const message = (resend: boolean | undefined, outcome: 'unknown' | 'not-sent' | 'executed') =>
    unanswered({ command: 'players', attempts: 2, elapsedMs: 30_000.4, outcome, resend }).message

  it('warns against a repeat only if the command changes something', () => {
    expect(message(false, 'unknown')).toContain('check before you send it again')
    expect(message(undefined, 'unknown')).toContain('check before you send it again')
    expect(message(true, 'unknown')).toContain('sending it again is safe')
    expect(message(true, 'unknown')).not.toContain('check')
  })

  it('shows times in whole milliseconds', () => {
    expect(message(true, 'unknown')).not.toContain('.4')
  })

  it('says that a command that only reads was not executed, too', () => {
    expect(message(true, 'not-sent')).toMatch(/the command was not sent|was not carried out/)
  })
})

it('a missing reply is recognized by the error’s code, even from another copy of the class', () => {
  const codes = Object.values(ERROR_SAMPLES).flatMap((error) => (isNoReply(error) ? [error.code] : []))
  expect(codes).toEqual(['command-timeout', 'connection-lost'])
  expect(isNoReply(Object.assign(new Error('of another copy'), { code: 'command-timeout' }))).toBe(true)
  expect([undefined, 'command-timeout', { code: 'command-timeout' }].some(isNoReply)).toBe(false)
})
