// @ts-nocheck
import { encodeText } from '@bercon/protocol'
import { expect, test } from 'vitest'
import { messageEvent } from './connection-event.js'

const eventOf = (bytes: Uint8Array) => messageEvent({ type: 'message', sequence: 3, number: 259, bytes }, 7)

test('a message is its text', () => {
  expect(eventOf(encodeText('привет '))).toEqual({
    type: 'message',
    at: 7,
    text: 'привет ',
    sequence: 3,
    number: 259,
  })
})

test('a message that is not UTF-8 also has its bytes', () => {
  expect(eventOf(Uint8Array.of(0x41, 0xe9))).toMatchObject({ text: 'Aé', bytes: [0x41, 0xe9] })
})

test.each([
  ['', ''],
  ['\uFEFF', ''],
  [' ', ''],
  ['Config entry: MaxPing 250\n', '\nConfig entry: RConPort 2306'],
])('no event contains the configured password, after %j and before %j', (before, after) => {
  for (const line of ['Config entry: RConPassword', 'config entry:\trconpassword']) {
    const bytes = [...encodeText(`${before}${line} hunt`), 0xe9, ...encodeText(`er 2\u2028x${after}`)]
    expect(eventOf(Uint8Array.from(bytes))).toEqual({
      type: 'message',
      at: 7,
      text: `${before}${line} ***${after}`,
      sequence: 3,
      number: 259,
    })
  }
})

test('a message that is not UTF-8 is decoded with the configured encoding', () => {
  const message = { type: 'message', sequence: 0, number: 0, bytes: Uint8Array.of(0xc8, 0xe2) } as const
  const event = messageEvent(message, 7, { encoding: 'windows-1251' })
  expect(event).toMatchObject({ text: 'Ив', bytes: [0xc8, 0xe2] })
})

test('nor does a command that Reforger echoes', () => {
  const { text } = eventOf(encodeText('Processing Command: RConPassword hunter2'))
  expect(text).toBe('Processing Command: RConPassword ***')
})

test.each([
  'Config entry: RConPassword',
  'Config entry: RConPort 2306',
  '(Global) X: Config entry: RConPassword a guess',
])('%j is unchanged', (text) => {
  expect(eventOf(encodeText(text)).text).toBe(text)
})
