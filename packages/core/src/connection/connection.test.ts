import { describe, expect, it } from 'vitest'
import { checkTarget, type Target } from './connection.js'

const check = (changes: Record<string, unknown>) => () =>
  checkTarget({ host: 'game.example', port: 2306, password: 'hunter2', ...changes } as Target)

describe('where to log in', () => {
  it.each(['game.example', '192.0.2.7', '::1', '2001:db8::7', '2001:0db8::a:7', 'localhost'])(
    'may be the host %j',
    (host) => {
      expect(check({ host })).not.toThrow()
    },
  )

  it.each(['game.example:2306', 'x:5', '[2001:db8::7]', 'game example', 'game.example]', '192.0.2.7:2306'])(
    'is refused if the host has a port, brackets or spaces: %j',
    (host) => {
      expect(check({ host })).toThrow(
        expect.objectContaining({
          code: 'invalid-argument',
          argument: 'host',
          expected: 'a host name or an IP address, without brackets, spaces or port',
          message:
            'host contains brackets, a space or a port; pass the host name or IP address alone, and the port as the next argument',
        }),
      )
    },
  )

  it.each([[''], [undefined], [2306]])('is refused without a host: %j', (host) => {
    const expected = 'a host name or an IP address'
    expect(check({ host })).toThrow(
      expect.objectContaining({ argument: 'host', expected, message: `host must be ${expected}` }),
    )
  })

  it('has a port from 1 to 65535', () => {
    for (const port of [1, 65_535]) expect(check({ port })).not.toThrow()
    for (const port of [0, 65_536, 2_306.5, Number.NaN, '2306'])
      expect(check({ port })).toThrow('port must be a whole number from 1 to 65535')
  })

  it.each([[''], [undefined], [5]])('is refused without a password: %j', (password) => {
    const expected = 'a string that is not empty'
    expect(check({ password })).toThrow(
      expect.objectContaining({ argument: 'password', expected, message: `password must be ${expected}` }),
    )
  })

  it('has a password of up to 1,024 bytes without NUL', () => {
    expect(check({ password: 'я'.repeat(512) })).not.toThrow()
    expect(check({ password: 'я'.repeat(513) })).toThrow('longer than 1024 bytes')
    expect(check({ password: 'hunter\0' })).toThrow('NUL')
  })
})
