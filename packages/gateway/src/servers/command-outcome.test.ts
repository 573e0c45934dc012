import { RconError } from '@bercon/client'
import { expect, it } from 'vitest'
import { failureOf } from './command-outcome.js'

const withCode = (code: string) => new RconError(code as never, 'failed')

it.each([
  ['what was thrown that is no error', 'failed', 'unknown', 'internal'],
  ['nothing', null, 'unknown', 'internal'],
  ['any error', new Error('failed'), 'unknown', 'internal'],
  ['an error that knows', Object.assign(withCode('closed'), { outcome: 'not-sent' }), 'not-sent', 'closed'],
  ['an error that knows', Object.assign(withCode('closed'), { outcome: 'executed' }), 'executed', 'closed'],
  ['an error of others', Object.assign(new Error('failed'), { outcome: 'sunny' }), 'unknown', 'internal'],
  ['a bad reply', withCode('unexpected-reply'), 'executed', 'unexpected-reply'],
  ['half a reply', withCode('incomplete-reply'), 'executed', 'incomplete-reply'],
  ['a long reply', withCode('reply-too-large'), 'executed', 'reply-too-large'],
  ['a refusal of the server', withCode('unknown-command'), 'answered', 'unknown-command'],
  ['a server that is away', withCode('not-connected'), 'not-sent', 'not-connected'],
  // A worker of a fleet says what it likes.
  ['a strange code', withCode('constructor'), 'unknown', 'constructor'],
])('the outcome after %s is known as far as it can be', (_, error, outcome, code) => {
  expect(failureOf(error)).toEqual({ outcome, code })
})
