import { describe, expect, it } from 'vitest'
import { httpSettings, isLoopback } from './http-options.js'

const TLS = { cert: 'cert', key: 'key' }

describe('where HTTP listens', () => {
  it('is loopback unless told otherwise', () => {
    expect(httpSettings({})).toMatchObject({ host: '127.0.0.1', port: 8306, behindProxy: false })
  })

  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.org', '127.0.0.1.example.org', '::ffff:192.0.2.1'])(
    'is %s only with TLS, or behind a proxy that has it',
    (host) => {
      expect(() => httpSettings({ host })).toThrow(/tokens would travel unencrypted/)
      expect(httpSettings({ host, tls: TLS }).host).toBe(host)
      expect(httpSettings({ host, behindProxy: true }).host).toBe(host)
    },
  )

  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('%s is loopback', (host) => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each([
    ['http.host', { host: '' }],
    ['http.port', { port: 70_000 }],
    ['http.behindProxy', { behindProxy: 1 as never }],
    ['http.allowedOrigins', { allowedOrigins: ['https://panel.example/'] }],
    ['http.allowedOrigins', { allowedOrigins: ['*'] }],
    ['http.openMetrics', { openMetrics: 'yes' as never }],
    ['hosts', { hosts: 'x' } as never],
  ])('is refused by name: %s', (argument, options) => {
    expect(() => httpSettings(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument }),
    )
  })
})
