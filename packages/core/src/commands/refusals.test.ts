import { InvalidArgumentError } from '@bercon/protocol'
import { describe, expect, test } from 'vitest'
import { checkCommand, MAX_COMMAND_BYTES, utf8Length } from './arguments.js'
import { addBan, ban, kick, loadBans, maxPing, rconPassword, removeBan, say } from './index.js'
import { unbanListed } from './unban.js'

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

test.each<[make: () => unknown, message: string]>([
  [
    () => ban(3, 0),
    'minutes must not be 0, which the server takes for a permanent ban; omit minutes if that is what you want',
  ],
  [() => say(-1, untyped(7)), 'text must be a string, but is 7'],
  [
    () => kick(3, 'a\rb'),
    'reason contains a line break or NUL character, which a command cannot carry; remove it',
  ],
  [
    () => say(-1, '👾\ud83d'),
    'text contains half of a character (a lone surrogate), which a command cannot carry; remove it',
  ],
  [
    () => say(-1, 'x'.repeat(1_385)),
    'The command must be at most 1391 bytes long in UTF-8, but has 1392; shorten text',
  ],
  [
    () => checkCommand({ text: 'x'.repeat(1_392) }),
    'The command must be at most 1391 bytes long in UTF-8, but has 1392; shorten it',
  ],
  [() => checkCommand(untyped(undefined)), 'command must be a string, but is undefined'],
  [
    () => say(-2, 'hi'),
    'playerId must be a whole number from 0 to 2147483647, or -1 for everybody, but is -2',
  ],
  [() => maxPing(0), 'limitMs must be a whole number from 1 to 2147483647, but is 0'],
  [() => loadBans(' '), 'file must be the name of a file, but is " "'],
  [
    () => rconPassword(''),
    'The password must be a string of 1 to 32 characters without spaces or NUL characters',
  ],
  [
    () => addBan('Rook'),
    'target must be a GUID of 32 hexadecimal digits or an IP address without a port, but is "Rook"',
  ],
  [() => unbanListed({ id: GUID, reason: untyped(7) }).next(), 'reason must be a string, but is 7'],
])('the error of an invalid argument says what is accepted: %#', (make, message) => {
  expect(refusal(make).message).toBe(message)
})

test.each<[make: () => unknown, expected: string]>([
  [() => ban(3, 0), 'a whole number of at least 1, or undefined for a permanent ban'],
  [() => kick(3, 'x'.repeat(1_392)), 'short enough for a command of at most 1391 bytes in UTF-8'],
])(
  'where its message is a sentence of its own, the error still has what is expected: %#',
  (make, expected) => {
    expect(refusal(make).expected).toBe(expected)
  },
)

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
    untyped<string>(undefined),
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

  test.each([
    '',
    'plain',
    'привет',
    'é',
    '\x7f\x80\u07ff\u0800\ud7ff\ue000\uffff',
    '战地',
    '👾👍🏽',
    '\u{10000}\u{10ffff}',
  ])('of %j equals that of an encoder', (text) => {
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
  })
})
