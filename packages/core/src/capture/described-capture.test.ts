import { type ClientPacket, encodeClientPacket, encodeServerPacket, encodeText } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { describeCapture, readDatagrams } from './described-capture.js'
import { captureBlock, captureHead } from './written-capture.js'

const CLIENT = '198.51.100.7:50000'
const SERVER = '203.0.113.9:2306'

const sent = (bytes: Uint8Array, from = CLIENT, to = SERVER) =>
  captureBlock({ at: 7, from, to, bytes }, 'server')
const command = (text: string): ClientPacket => ({ type: 'command', sequence: 7, bytes: encodeText(text) })
const up = (packet: ClientPacket) => sent(encodeClientPacket(packet))
const down = (text: string) =>
  sent(encodeServerPacket({ type: 'response', sequence: 7, bytes: encodeText(text) }), SERVER, CLIENT)
const message = sent(
  encodeServerPacket({ type: 'message', sequence: 7, bytes: encodeText('hello') }),
  SERVER,
  CLIENT,
)
const acknowledgment = up({ type: 'acknowledgement', sequence: 7 })

const file = (...blocks: readonly Uint8Array[]) =>
  Uint8Array.from([captureHead(), ...blocks].flatMap((bytes) => [...bytes]))

describe('the datagrams of a capture', () => {
  const exchange = [up(command('version')), down('1.0')]

  it.each([
    ['a message', message],
    ['an acknowledgment', acknowledgment],
  ])('show by %s which end is the server', (_, hint) => {
    const datagrams = readDatagrams(file(...exchange, hint))
    expect(datagrams.slice(0, 2).map(({ from, side }) => [from, side])).toEqual([
      [CLIENT, 'client'],
      [SERVER, 'server'],
    ])
  })

  it('are a client’s if none shows which end is the server, unless you know it', () => {
    const sides = (isServer?: (address: string) => boolean) =>
      readDatagrams(file(...exchange), isServer).map(({ side }) => side)
    expect(sides()).toEqual(['client', 'client'])
    expect(sides((address) => address === SERVER)).toEqual(['client', 'server'])
  })

  it('are those that begin like a packet; all else is another program’s', () => {
    const others = [
      Uint8Array.of(0x42, 0x46, 1),
      Uint8Array.of(0x43, 0x45, 1),
      Uint8Array.of(0x42),
      new Uint8Array(0),
    ].map((bytes) => sent(bytes))
    const tcp = sent(encodeText('BE')).map((byte, at) => (at === 28 + 9 ? 6 : byte))
    expect(readDatagrams(file(...others, tcp, ...exchange))).toHaveLength(2)
  })
})

it('a capture is described with the encoding of its texts', () => {
  const bytes = Uint8Array.of(0xc8, 0xe2)
  const said = sent(encodeServerPacket({ type: 'message', sequence: 7, bytes }), SERVER, CLIENT)
  const [packet] = describeCapture(file(said), undefined, { encoding: 'windows-1251' })
  expect(packet).toEqual({
    at: 7,
    from: SERVER,
    to: CLIENT,
    side: 'server',
    type: 'message',
    sequence: 7,
    text: 'Ив',
  })
})
