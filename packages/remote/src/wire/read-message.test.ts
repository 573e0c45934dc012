import { idleStatistics } from '@bercon/core/kit'
import { describe, expect, it } from 'vitest'
import { type Fault, readClientMessage, readHostMessage } from './read-message.js'

const MAX_LENGTH = 1_000

const exchange = { type: 'exchange', id: 1, text: 'players', resend: true, timeoutMs: 1_000 }
const state = {
  type: 'state',
  version: 1,
  at: 0,
  state: 'connected',
  control: false,
  window: 8,
  statistics: idleStatistics(),
}
const event = { type: 'message', at: 0, text: 'hi', sequence: 0, number: 0 }
const ofEvent = (fields: object) => ({ type: 'event', event: { ...event, ...fields } })

const read = (message: unknown) => readClientMessage(JSON.stringify(message), MAX_LENGTH)
const readOfHost = (message: unknown) => readHostMessage(JSON.stringify(message), 10_000)

describe('readClientMessage', () => {
  it.each([
    exchange,
    { ...exchange, timeoutMs: null },
    { ...exchange, timeoutMs: 0 },
    { ...exchange, verifyEnd: true, hasTotal: false },
    { type: 'close' },
    { type: 'hello', version: 1, replies: [] },
    { type: 'hello', version: 1, replies: Array(100).fill('bans') },
  ])('reads %j', (message) => {
    expect(read(message)).toEqual(message)
  })

  it.each([
    ['text', { ...exchange, text: 1 }],
    ['timeoutMs', { ...exchange, timeoutMs: '5' }],
    ['timeoutMs', { ...exchange, timeoutMs: undefined }],
    ['id', { ...exchange, id: '1' }],
    ['id', { ...exchange, id: 0 }],
    ['id', { ...exchange, id: 1.5 }],
    ['verifyEnd', { ...exchange, verifyEnd: 'yes' }],
    ['version', { type: 'hello', version: '1' }],
    ['replies', { type: 'hello', version: 1, replies: 'players' }],
    ['replies', { type: 'hello', version: 1, replies: ['players', 5] }],
    ['replies', { type: 'hello', version: 1, replies: Array(101).fill('bans') }],
  ])('refuses another kind of %s in %j', (field, message) => {
    expect(read(message)).toEqual(fault(`"${field}" of a message "${message.type}" is missing or wrong`))
  })

  it('takes a type for nothing but a text, and shows no more than the start of a long one', () => {
    expect(read({ ...exchange, type: ['exchange'] })).toEqual(
      fault('there is no message of the type ["exchange"]'),
    )
    expect(read({ type: 'x'.repeat(900) })).toEqual(
      fault(`there is no message of the type "${'x'.repeat(39)}`),
    )
  })

  it('reads a text of exactly the most characters, and no longer one', () => {
    const [longest, longer] = [0, 1].map((more) =>
      JSON.stringify({ type: 'close' }).padEnd(MAX_LENGTH + more),
    )
    expect(readClientMessage(longest ?? '', MAX_LENGTH)).toEqual({ type: 'close' })
    expect(readClientMessage(longer ?? '', MAX_LENGTH)).toEqual(
      fault('a message has 1001 characters, and 1000 are allowed'),
    )
  })
})

describe('readHostMessage', () => {
  it.each([[], [0], [255], [1, 2, 3]])('reads the bytes %j of a message', (...bytes) => {
    expect(readOfHost(ofEvent({ bytes }))).toEqual(ofEvent({ bytes }))
  })

  it.each([[[-1]], [[256]], [[1.5]], [['1']], [[1, 256]], [[256, 1]], ['abc'], [{}], [null]])(
    'refuses the bytes %j',
    (bytes) => {
      expect(readOfHost(ofEvent({ bytes }))).toEqual(
        fault('"event" of a message "event" is missing or wrong'),
      )
    },
  )

  // Sent on as JSON, it would be `null`, which ends the channels of others.
  it.each([
    ['at', JSON.stringify({ ...state, at: 'AT' }), 'state'],
    ['event', JSON.stringify(ofEvent({ number: 'AT' })), 'event'],
  ])('refuses a number without end, in %s', (field, text, type) => {
    expect(readHostMessage(text.replace('"AT"', '1e999'), 10_000)).toEqual(
      fault(`"${field}" of a message "${type}" is missing or wrong`),
    )
    expect(readHostMessage(text.replace('"AT"', '1e9'), 10_000)).toMatchObject({ type })
  })

  it('refuses what is too long before it reads it', () => {
    expect(readHostMessage('x'.repeat(1_001), MAX_LENGTH)).toEqual(
      fault('a message has 1001 characters, and 1000 are allowed'),
    )
  })
})

function fault(problem: string): Fault {
  return { type: 'fault', problem }
}
