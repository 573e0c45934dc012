// @ts-nocheck
import { InvalidArgumentError } from '@bercon/protocol'
import { describe, expect, test } from 'vitest'
import { MAX_COMMAND_BYTES, utf8Length } from './arguments.js'
import { addBan, ban, kick, loadBans, maxPing, rconPassword, removeBan, say } from './index.js'

const GUID = '0123456789abcdef0123456789abcdef'

function refusal(make: () => unknown): InvalidArgumentError {
  try {
    make()
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error
    throw error
  }
  throw new Error('it was not refused')
}

// Values that plain JavaScript can pass despite the types.
function untyped<T>(value: unknown): T {
  return value as T
}

describe('an invalid argument of a command is refused by name', () => {
  const outside = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, untyped<number>('3')]

  test.each(outside)('player id %s', (value) => {
    for (const make of [() => kick(value), () => ban(value)]) {
      expect(refusal(make)).toMatchObject({ code: 'invalid-argument', argument: 'playerId', value })
    }
  })

  test.each([-2, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
    'player id %s of a message',
    (value) => {
      expect(refusal(() => say(value, 'hi'))).toMatchObject({ argument: 'playerId', value })
    },
  )

  test.each([0, -0, ...outside, untyped<number>(null)])('minutes %s', (value) => {
    for (const make of [() => ban(3, value), () => addBan(GUID, value)]) {
      expect(refusal(make)).toMatchObject({ argument: 'minutes', value })
    }
  })

  test('minutes 0, because the server treats them as permanent', () => {
    expect(refusal(() => ban(3, 0)).message).toBe(
      'minutes must not be 0, which the server takes for a permanent ban; omit minutes if that is what you want',
    )
  })

  test.each(outside)('ban number %s', (value) => {
    expect(refusal(() => removeBan(value))).toMatchObject({ argument: 'id', value })
  })

  test.each(['', ' ', 'a\nb', 'x'.repeat(2_000), untyped<string>(3)])('bans file %j', (value) => {
    expect(refusal(() => loadBans(value))).toMatchObject({ argument: 'file', value })
  })

  test.each([0, -2, 1.5, Number.NaN, 2 ** 31])('ping limit %s', (value) => {
    expect(refusal(() => maxPing(value))).toMatchObject({ argument: 'limitMs', value })
  })

  test.each([
    '',
    'Rook',
    GUID.slice(1),
    `${GUID}0`,
    GUID.replace('a', 'g'),
    ` ${GUID}`,
    '192.0.2.7:2304',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.07',
    '0xc0.0.2.7',
    '1.2.3.4.5',
    '192.0.2.7 ',
    '[2001:db8::7]',
    '2001:db8::7%eth0',
    '2001:db8:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    ':::',
    '1:2:3:4:5:6:7::8',
    '::12345',
    '::1.2.3',
    untyped<string>(7),
    untyped<string>(undefined),
  ])('target %s', (value) => {
    expect(refusal(() => addBan(value))).toMatchObject({ argument: 'target', value })
  })

  test.each([
    '::',
    '::1',
    '1::',
    '2001:DB8::7',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:192.0.2.7',
    '::ffff:192.0.2.7',
    '1:2:3:4:5:6::8',
    '255.255.255.255',
    '0.0.0.0',
  ])('but the address %s is accepted', (value) => {
    expect(addBan(value).text).toBe(`addBan ${value} 0`)
  })

  test.each(['a\rb', 'a\nb', 'a\0b', '\n', 'a\ud83d', '\udc00b', untyped<string>(7), untyped<string>(null)])(
    'text %j',
    (value) => {
      expect(refusal(() => say(-1, value))).toMatchObject({ argument: 'text', value })
      for (const make of [() => kick(3, value), () => ban(3, 5, value), () => addBan(GUID, 5, value)]) {
        expect(refusal(make)).toMatchObject({ argument: 'reason', value })
      }
    },
  )
})

describe('a password', () => {
  const secret = 'hunter2 hunter2'

  test.each([
    secret,
    '',
    'x'.repeat(33),
    'a\tb',
    'a\nb',
    'a\rb',
    'a\0b',
    'a\u2028b',
    '\ud800',
    untyped<string>(7),
  ])('like %j is refused', (value) => {
    expect(refusal(() => rconPassword(value))).toMatchObject({ argument: 'password', value: '(not shown)' })
  })

  test('that is refused does not appear in the error', () => {
    const error = refusal(() => rconPassword(secret))
    const facts = [error.message, error.stack, error.expected, JSON.stringify(error), String(error.value)]
    expect(facts.join()).not.toContain('hunter2')
  })

  test('of 32 characters is accepted', () => {
    expect(rconPassword('x'.repeat(32)).text).toBe(`RConPassword ${'x'.repeat(32)}`)
  })
})

describe('the length of a command', () => {
  test('is measured in bytes, not in characters', () => {
    const overhead = 'say -1 '.length
    const fitting = 'п'.repeat((MAX_COMMAND_BYTES - overhead) / 2)
    expect(new TextEncoder().encode(say(-1, fitting).text).length).toBe(MAX_COMMAND_BYTES)
    expect(refusal(() => say(-1, `${fitting}!`))).toMatchObject({ argument: 'text', value: `${fitting}!` })
  })

  test('is blamed on the argument that makes it long', () => {
    const long = 'x'.repeat(MAX_COMMAND_BYTES)
    for (const make of [() => kick(3, long), () => ban(3, 5, long), () => addBan(GUID, 5, long)]) {
      expect(refusal(make)).toMatchObject({ argument: 'reason', value: long })
      expect(refusal(make).message.length).toBeLessThan(400)
    }
  })

  test.each(['', 'plain', 'привет', 'é', '\u07ff\u0800\ud7ff\ue000\uffff', '战地', '👾👍🏽', '\u{10ffff}'])(
    'of %j equals that of an encoder',
    (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
    },
  )
})
