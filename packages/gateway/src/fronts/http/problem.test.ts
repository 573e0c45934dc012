import { CommandTimeoutError, InvalidArgumentError, NotConnectedError, RconError } from '@bercon/client'
import { describe, expect, it } from 'vitest'
import { problemOf, Refused } from './problem.js'

const timeout = new CommandTimeoutError({ command: 'players', attempts: 1, elapsedMs: 5, outcome: 'unknown' })
const away = new NotConnectedError({ command: 'players' })

describe('the answer to a request that failed', () => {
  it.each([
    [new Refused('not-found', 'no'), 404, 'Not Found', 'not-found', undefined],
    [
      new Refused('rate-limited', 'no', { outcome: 'refused' }),
      429,
      'Too Many Requests',
      'rate-limited',
      'refused',
    ],
    [timeout, 504, 'Gateway Timeout', 'command-timeout', 'unknown'],
    [away, 503, 'Service Unavailable', 'not-connected', 'not-sent'],
    [new InvalidArgumentError('a', 1, 'two'), 400, 'Bad Request', 'invalid-argument', undefined],
    [new RconError('audit-failure', 'no'), 503, 'Service Unavailable', 'audit-failure', 'refused'],
  ])('says what is wrong, and what came of a command: %s', async (error, status, title, code, outcome) => {
    const { response, isOwn } = problemOf(error)
    const expected = { type: 'about:blank', title, status, detail: error.message, code }
    expect(await response.json()).toEqual({ ...expected, ...(outcome !== undefined && { outcome }) })
    expect([response.status, isOwn]).toEqual([status, false])
  })

  it.each([
    ['an error of its own', new TypeError('x is not a function')],
    ['another error with a code', Object.assign(new Error('secret'), { code: 'ENOENT' })],
    ['an error with a strange code', new RconError('constructor' as never, 'secret')],
    ['what is no error', { code: 'not-found', message: 'secret' }],
    ['nothing', undefined],
  ])('says nothing of a fault of the gateway, after %s', async (_, error) => {
    const { response, isOwn } = problemOf(error)
    expect(isOwn).toBe(true)
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'The gateway failed at this request; its log says why',
      code: 'internal',
    })
  })

  it('has the headers that the refusal needs, and is not to be kept', () => {
    const { response } = problemOf(new Refused('unauthorized', 'no', { headers: { 'retry-after': '60' } }))
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'retry-after': '60',
    })
  })
})
