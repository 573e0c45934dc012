import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { ScriptedConnection } from '../../test/scripted-connection.js'
import { channelPair } from '../testing/index.js'
import { hostConnection } from './host-connection.js'
import { type HostOptions, hostOptions } from './host-options.js'

describe('hostConnection', () => {
  it.each([
    ['unknown', { evants: () => true }, /^There is no option "evants"; did you mean "events"/],
    ['no function', { allow: true }, /^options must be .* has no method allow$/],
    ['no function', { events: true }, /^options must be .* has no method events$/],
    ['no function', { turnEnd: 5 }, /^options must be .* has no method turnEnd$/],
    [
      'no clock',
      { clock: { now: () => 0, setTimer: () => () => {} } },
      /^clock must be .* has no method wallNow$/,
    ],
    ['out of range', { limits: { maxExchanges: 0 } }, /^maxExchanges must be/],
    ['no whole number', { limits: { maxMessageLength: 2_000.5 } }, /^maxMessageLength must be/],
  ])('refuses an option that is %s by name, %j', (_, options, message) => {
    expect(() => hostOptions(options as HostOptions)).toThrow(message)
  })

  it.each([
    ['connection', 'subscribe', () => hostConnection({} as never, channelPair(new VirtualClock()).ends[0])],
    ['channel', 'onText', () => hostConnection(new ScriptedConnection(), { send: () => {} } as never)],
  ])('refuses a %s without its methods by name', (argument, method, host) => {
    expect(host).toThrow(new RegExp(`^${argument} must be an object with the methods .*${method}`))
  })
})
