import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { REMOTE_DEFAULTS, type RemoteOptions, remoteOptions } from './remote-options.js'

describe('the options of a remote connection', () => {
  it('have defaults', () => {
    expect(remoteOptions({}).settings).toEqual(REMOTE_DEFAULTS)
    expect(remoteOptions({ name: 'house' }).settings).toEqual({ ...REMOTE_DEFAULTS, name: 'house' })
  })

  it.each<RemoteOptions>([
    { maxMessageLength: 1_024 },
    { maxMessageLength: 2 ** 28 },
    { channelTimeoutMs: 1, pingIntervalMs: 1 },
    { reconnectJitter: 0 },
    { clock: new VirtualClock() },
  ])('may be %o', (options) => {
    expect(() => remoteOptions(options)).not.toThrow()
  })

  it.each<readonly [options: object, message: RegExp]>([
    [{ maxMessageLength: 1_023 }, /^maxMessageLength must be /],
    [{ maxMessageLength: 2 ** 28 + 1 }, /^maxMessageLength must be /],
    [{ maxMessageLength: 1_024.5 }, /^maxMessageLength must be /],
    [{ channelTimeoutMs: 0 }, /^channelTimeoutMs must be /],
    [{ pingIntervalMs: 0 }, /^pingIntervalMs must be /],
    [{ pingIntervalMs: '20' }, /^pingIntervalMs must be /],
    [{ resentCommandTimeoutMs: -1 }, /^resentCommandTimeoutMs must be /],
    [{ reconnectJitter: 2 }, /^reconnectJitter must be /],
    [{ reconnectDelay: 1 }, /reconnectDelay/],
    [{ clock: {} }, /^clock must be .*now/],
    [{ clock: { now: () => 0, setTimer: () => () => {} } }, /^clock must be .*wallNow/],
  ])('are checked: %o', (options, message) => {
    expect(() => remoteOptions(options)).toThrow(message)
  })
})
