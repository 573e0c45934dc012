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

/** The datagrams of a command and of its first repeats. */
function sendings(command: Uint8Array | string): readonly Uint8Array[] {
  const session = loggedIn()
  session.sendCommand(command, { resend: true }, 0)
  session.handleTimeout(5_000)
  return session.takeDatagrams()
}

it('a command as text is the same datagram as one as bytes, at every sending', () => {
  const unit = fc.constantFrom('a', ' ', '\0', 'é', 'ж', '€', '😀', '\ud800')
  const text = fc.string({ unit, maxLength: 50 })
  fc.assert(
    fc.property(text, (command) => {
      const sent = sendings(command)
      expect(sent.length).toBeGreaterThan(1)
      expect(sent).toEqual(sendings(encodeText(command)))
    }),
    { numRuns: 30 },
  )
})

it('a text whose bytes may not fit is encoded at once, and is the same datagram too', () => {
  const long = 'é'.repeat(30_000)
  const [asText = new Uint8Array(), asBytes] = [sendings(long)[0], sendings(encodeText(long))[0]]
  expect(asText.length).toBeGreaterThan(60_000)
  expect(asText.every((byte, index) => byte === asBytes?.[index])).toBe(true)
})

it('a text that does not fit a datagram is refused before anything is sent', () => {
  const session = loggedIn()
  expect(() => session.sendCommand('é'.repeat(40_000), { resend: false }, 0)).toThrow('bytes')
  expect(session.takeDatagrams()).toEqual([])
  const fits = 'x'.repeat(60_000)
  session.sendCommand(fits, { resend: false }, 0)
  const [datagram = new Uint8Array()] = session.takeDatagrams()
  const packet = decodeClientPacket(datagram)
  expect(packet.type === 'command' && decodeText(packet.bytes) === fits).toBe(true)
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
