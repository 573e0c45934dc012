import { describe, expect, it } from 'vitest'
import {
  CONNECTION_DEFAULTS,
  type ConnectionOptions,
  connectionOptions,
  sessionOptions,
} from './connection-options.js'

describe('the options of a connection', () => {
  it('are the defaults if none is given, and those that are given', () => {
    expect(connectionOptions({})).toEqual(CONNECTION_DEFAULTS)
    expect(connectionOptions({ reconnectJitter: 0.5 })).toEqual({
      ...CONNECTION_DEFAULTS,
      reconnectJitter: 0.5,
    })
  })

  it.each<Partial<ConnectionOptions>>([
    { reconnectDelayMs: 0 },
    { maxReconnectDelayMs: 0 },
    { reconnectJitter: 0 },
    { reconnectJitter: 1 },
    { playersIntervalMs: 0 },
    { maxInFlight: 128 },
  ])('may be at their bounds: %j', (options) => {
    expect(connectionOptions(options)).toMatchObject(options)
  })

  it.each<[name: string, options: Partial<ConnectionOptions>]>([
    ['reconnectDelayMs', { reconnectDelayMs: -1 }],
    ['maxReconnectDelayMs', { maxReconnectDelayMs: -1 }],
    ['reconnectJitter', { reconnectJitter: -0.01 }],
    ['reconnectJitter', { reconnectJitter: 1.01 }],
    ['playersIntervalMs', { playersIntervalMs: -1 }],
    ['playersIntervalMs', { playersIntervalMs: Number.NaN }],
    ['encoding', { encoding: 'no-such-encoding' }],
    ['maxInFlight', { maxInFlight: 129 }],
    ['keepAliveMs', { keepAliveMs: 45_001 }],
  ])('are refused by name beyond them: %s', (name, options) => {
    expect(() => connectionOptions(options)).toThrow(name)
  })

  it('leave to a session what is its own', () => {
    const own = Object.keys(sessionOptions(connectionOptions({})))
    expect(own).toContain('maxInFlight')
    for (const name of [
      'reconnectDelayMs',
      'maxReconnectDelayMs',
      'reconnectJitter',
      'playersIntervalMs',
      'encoding',
    ])
      expect(own).not.toContain(name)
  })
})
