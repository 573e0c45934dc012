import { encodeText } from '@bercon/protocol'
import { expect, test } from 'vitest'
import { EventListeners, isEnd, messageEvent } from './connection-event.js'

const eventOf = (bytes: Uint8Array) => messageEvent({ type: 'message', sequence: 3, number: 259, bytes }, 7)

test.each(['', 'hello', 'привет '])('a message is its text: %j', (text) => {
  expect(eventOf(encodeText(text))).toEqual({ type: 'message', at: 7, text, sequence: 3, number: 259 })
})

test.each([
  [0xe9, 'Aé'],
  [0x80, 'A€'],
])('a message that is not UTF-8 also has its bytes: 0x41 %i', (byte, text) => {
  expect(eventOf(Uint8Array.of(0x41, byte))).toMatchObject({ text, bytes: [0x41, byte] })
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

test('a message in an encoding whose characters are as long as in UTF-8 has its bytes too', () => {
  const bytes = Uint8Array.of(0x41, 0x20, 0x90, 0x30, 0x81, 0x30)
  const message = { type: 'message', sequence: 0, number: 0, bytes } as const
  const event = messageEvent(message, 7, { encoding: 'gb18030' })
  expect(event).toMatchObject({ text: 'A \u{10000}', bytes: Array.from(bytes) })
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

test.each([
  ['closed', true],
  ['refused', true],
  ['forgotten', false],
  ['channel-lost', false],
] as const)('a disconnect as %s ends the connection: %s', (reason, ends) => {
  expect(isEnd(reason)).toBe(ends)
})

test('the event of a reply is made if any listener that is still there wants it', () => {
  const listeners = new EventListeners()
  expect(listeners.wantReply('players')).toBe(false)
  const stopFirst = listeners.add(
    () => {},
    (command) => command === 'players',
  )
  listeners.add(
    () => {},
    (command) => command === 'bans',
  )
  expect(['players', 'bans', 'admins'].map((command) => listeners.wantReply(command))).toEqual([
    true,
    true,
    false,
  ])
  stopFirst()
  expect(['players', 'bans'].map((command) => listeners.wantReply(command))).toEqual([false, true])
  listeners.add(() => {})
  expect(listeners.wantReply('players')).toBe(true)
})

test.each([
  ['nobody wants any', [], []],
  ['one wants no list', ['bans'], []],
  ['one wants the players', ['bans', 'players'], ['players']],
  ['one wants those to keep-alives, as only one that wants all does', [''], undefined],
  ['one wants all', ['bans', undefined], undefined],
])('the replies that are wanted are those of all listeners: %s', (_, wanted, replies) => {
  const listeners = new EventListeners()
  for (const one of wanted)
    listeners.add(() => {}, one === undefined ? undefined : (command) => command === one)
  expect(listeners.repliesWanted).toEqual(replies)
})
