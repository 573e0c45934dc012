import { describe, expect, it } from 'vitest'
import { httpSettings, isLoopback } from './http-options.js'

const ORIGINS = 'a list of origins, such as https://panel.example'
const TLS = { cert: 'cert', key: 'key' }

describe('where HTTP listens', () => {
  it('is loopback by default', () => {
    expect(httpSettings({})).toMatchObject({ host: '127.0.0.1', port: 8306, behindProxy: false })
    expect(httpSettings({ port: undefined as never, openMetrics: true })).toMatchObject({
      port: 8306,
      openMetrics: true,
    })
  })

  it('may serve a folder, and pages of others', () => {
    const given = { page: 'dist', allowedOrigins: ['https://panel.example', 'http://127.0.0.1:5173'] }
    expect(httpSettings(given)).toMatchObject(given)
  })

  it.each([
    '0.0.0.0',
    '::',
    '192.0.2.1',
    'example.org',
    '127.0.0.1.example.org',
    'x127.0.0.1',
    '::ffff:192.0.2.1',
  ])('is %s only with TLS, or behind a proxy that has it', (host) => {
    expect(() => httpSettings({ host })).toThrow(/tokens would travel unencrypted/)
    expect(httpSettings({ host, tls: TLS }).host).toBe(host)
    expect(httpSettings({ host, behindProxy: true }).host).toBe(host)
  })

  it.each(['127.0.0.1', '127.1.2.3', '127.100.20.255', '::1', 'localhost'])('%s is loopback', (host) => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each([
    ['http', 'an object', 5 as never],
    ['http.host', 'an address', { host: '' }],
    ['http.host', 'an address', { host: 5 as never }],
    ['http.host', 'a loopback address, because tokens would travel unencrypted', { host: '::' }],
    ['http.port', 'a', { port: 70_000 }],
    ['http.port', 'a', { port: 80.5 }],
    ['http.behindProxy', 'true or false', { behindProxy: 1 as never }],
    ['http.allowedOrigins', ORIGINS, { allowedOrigins: ['https://panel.example/'] }],
    ['http.allowedOrigins', ORIGINS, { allowedOrigins: ['https://panel.example', '*'] }],
    ['http.allowedOrigins', ORIGINS, { allowedOrigins: [['https://panel.example']] as never }],
    ['http.allowedOrigins', ORIGINS, { allowedOrigins: 'https://panel.example' as never }],
    ['http.openMetrics', 'true or false', { openMetrics: 'yes' as never }],
    ['http.page', 'the path of a folder', { page: '' }],
    ['http.page', 'the path of a folder', { page: 5 as never }],
    ['hosts', 'an option that exists', { hosts: 'x' } as never],
  ])('is refused by name: %s must be %s, not %j', (argument, expected, options) => {
    expect(() => httpSettings(options)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        argument,
        expected: expect.stringContaining(expected),
      }),
    )
  })
})
