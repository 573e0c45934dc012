import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeText, encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import { ClientSession } from './client-session.js'

function loggedIn(): ClientSession {
  const session = new ClientSession()
  session.login(encodeText('hunter2'), 0)
  session.receive(encodeServerPacket({ type: 'login', accepted: true }), 0)
  session.takeDatagrams()
  return session
}

it('a command as text is the same datagram as one as bytes, at every sending', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 50 }), fc.constant('привет \ud800'))
  fc.assert(
    fc.property(text, (command) => {
      const [asText, asBytes] = [loggedIn(), loggedIn()]
      asText.sendCommand(command, { resend: true }, 0)
      asBytes.sendCommand(encodeText(command), { resend: true }, 0)
      for (const session of [asText, asBytes]) session.handleTimeout(5_000)
      // As texts: comparing 60,000 bytes one by one takes a second.
      const sent = asText.takeDatagrams().map(String)
      expect(sent.length).toBeGreaterThan(1)
      expect(sent).toEqual(asBytes.takeDatagrams().map(String))
    }),
    { numRuns: 50, examples: [['é'.repeat(30_000)]] },
  )
})

it('a text that does not fit a datagram is refused before anything is sent', () => {
  const session = loggedIn()
  expect(() => session.sendCommand('é'.repeat(40_000), { resend: false }, 0)).toThrow('bytes')
  expect(session.takeDatagrams()).toEqual([])
  const fits = 'x'.repeat(60_000)
  session.sendCommand(fits, { resend: false }, 0)
  const [datagram = new Uint8Array()] = session.takeDatagrams()
  expect(decodeClientPacket(datagram)).toMatchObject({ type: 'command', bytes: encodeText(fits) })
})

it('what is neither text nor bytes is refused by name before the login, without being shown', () => {
  const session = new ClientSession()
  const given = { secret: 'hunter2' } as unknown as string
  expect(() => session.sendCommand(given, { resend: false }, 0)).toThrow(
    expect.objectContaining({ code: 'invalid-argument', argument: 'bytes' }),
  )
})

it('a short text of ASCII reads as a long one does, whatever bytes follow one another', () => {
  const strict = new TextDecoder('utf-8', { ignoreBOM: true })
  fc.assert(
    fc.property(fc.uint8Array({ max: 0x7f, maxLength: 40 }), (bytes) => {
      expect(decodeText(bytes)).toBe(strict.decode(bytes))
    }),
  )
  expect([decodeText(Uint8Array.of(0x41, 0xc3, 0xa9)), decodeText(Uint8Array.of(0x41, 0x42, 0xe9))]).toEqual([
    'Aé',
    'ABé',
  ])
})
