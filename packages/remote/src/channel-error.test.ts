import { expect, it } from 'vitest'
import { asError, channelError } from './channel-error.js'

it('has the cause of a broken channel, if it is known', () => {
  const cause = new Error('ECONNRESET')
  expect(channelError('The channel broke', cause)).toMatchObject({ code: 'channel-failure', cause })
  expect(channelError('The channel broke')).not.toHaveProperty('cause')
})

it('makes an error of whatever is thrown', () => {
  const error = new TypeError('no channel')
  expect(asError(error)).toBe(error)
  expect(asError('no channel')).toMatchObject({ code: 'channel-failure', message: 'no channel' })
})
