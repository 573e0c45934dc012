import {
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
  type ServerPacket,
} from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { anonymousCapture } from './anonymous-capture.js'
import { describeCapture, readDatagrams, type SidedDatagram } from './described-capture.js'
import { captureBlock, captureHead } from './written-capture.js'

const CLIENT = '198.51.100.7:50000'
const SERVER = '203.0.113.9:2306'
const GUID = '0123456789abcdef0123456789abcdef'

const fromClient = (bytes: Uint8Array, at = 1_700_000_000_000): SidedDatagram => ({
  at,
  from: CLIENT,
  to: SERVER,
  bytes,
  side: 'client',
})
const fromServer = (packet: ServerPacket, at = 1_700_000_000_500): SidedDatagram => ({
  at,
  from: SERVER,
  to: CLIENT,
  bytes: encodeServerPacket(packet),
  side: 'server',
})
const command = (text: string, sequence = 0) =>
  fromClient(encodeClientPacket({ type: 'command', sequence, bytes: encodeText(text) }))
const message = (text: string, sequence = 0) =>
  fromServer({ type: 'message', sequence, bytes: encodeText(text) })

function written(datagrams: readonly SidedDatagram[]): Uint8Array {
  const parts = [captureHead(), ...datagrams.map((each) => captureBlock(each, each.side))]
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

const textsOf = (datagrams: readonly SidedDatagram[]) =>
  datagrams.map(({ bytes, side }) => {
    const packet = side === 'client' ? decodeClientPacket(bytes) : decodeServerPacket(bytes)
    return 'bytes' in packet ? decodeText(packet.bytes) : packet.type
  })

describe('a capture that is written', () => {
  it('reads the same, with its times, ends and packets', () => {
    const datagrams = [command('players'), fromServer({ type: 'login', accepted: true }), message('hello é')]
    const read = readDatagrams(written(datagrams), (address) => address === SERVER)
    expect(read).toEqual(datagrams)
  })

  it('reads the same over IPv6', () => {
    const [from, to] = ['[2001:db8:0:0:0:0:0:1]:50000', '[2001:db8:0:0:0:0:0:2]:2306']
    const datagram = { ...command('players'), from, to }
    expect(readDatagrams(written([datagram]), (address) => address === to)).toEqual([datagram])
  })

  it('has no password of a login, a command or a message, also of a damaged login', () => {
    const login = encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') })
    const damaged = login.map((byte, at) => (at === 3 ? byte ^ 1 : byte))
    const file = written([
      fromClient(login),
      fromClient(damaged),
      command('RConPassword hunter2'),
      message('Config entry: RConPassword hunter2'),
    ])
    expect(decodeText(file).includes('hunter2')).toBe(false)
    expect(describeCapture(file).map(({ type, passwordBytes }) => [type, passwordBytes])).toEqual([
      ['login', 7],
      ['malformed', undefined],
      ['command', undefined],
      ['message', undefined],
    ])
  })
})

describe('a capture that is made anonymous', () => {
  const list = `Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n${'-'.repeat(50)}\n0   203.0.113.77:2304     31   ${GUID}(OK) Bobby-Tables\n(1 players in total)`
  const bytes = encodeText(list)
  const part = (index: number) =>
    fromServer({
      type: 'response-part',
      sequence: 1,
      total: 3,
      index,
      bytes: bytes.slice(index * 70, index === 2 ? undefined : (index + 1) * 70),
    })
  const datagrams = [
    command('players', 1),
    // In any order; the name is cut between two of them.
    part(1),
    part(0),
    part(2),
    message('Player #0 Bobby-Tables (203.0.113.77:2304) connected', 0),
    message(`Verified GUID (${GUID}) of player #0 Bobby-Tables`, 1),
    message('(Side) Bobby-Tables: hello Bobby-Tables', 2),
    command('say 0 hi Bobby-Tables'),
  ]

  it('has no name, GUID or address of before, and each thing has one in its place everywhere', () => {
    const anonymous = anonymousCapture(datagrams)
    const file = written(anonymous)
    for (const original of ['Bobby', 'Tables', GUID, '203.0.113', '198.51.100'])
      expect(decodeText(file).includes(original)).toBe(false)
    const texts = textsOf(anonymous)
    expect(texts.slice(4)).toEqual([
      expect.stringMatching(/^Player #0 Player 1 \(198\.18\.0\.\d+:2304\) connected$/),
      expect.stringMatching(/^Verified GUID \([0-9a-f]{32}\) of player #0 Player 1$/),
      '(Side) Player 1: hello Player 1',
      'say 0 hi Player 1',
    ])
    const [, address] = /\((.*):2304\)/.exec(String(texts[4])) ?? []
    const parts = [2, 1, 3].map((at) => String(texts[at]))
    const [, guid] = /\((\w{32})\)/.exec(String(texts[5])) ?? []
    const changed = list
      .replace('203.0.113.77', String(address))
      .replace(GUID, String(guid))
      .replace('Bobby-Tables', 'Player 1')
    expect(parts.join('')).toBe(changed)
    for (const each of parts) expect(Math.abs(each.length - changed.length / 3)).toBeLessThan(2)
  })

  it('has no name that is in one packet alone, a message or a reply', () => {
    const said = message('(Side) Rook: hello')
    const replied = fromServer({ type: 'response', sequence: 1, bytes: encodeText(list) })
    const anonymous = anonymousCapture([command('say -1 hi Rook, hi Bobby-Tables'), said, replied])
    expect(textsOf(anonymous).slice(0, 2)).toEqual([
      'say -1 hi Player 1, hi Player 2',
      '(Side) Player 1: hello',
    ])
  })

  it('keeps what has no text: logins, their answers and acknowledgments', () => {
    const login = fromClient(encodeClientPacket({ type: 'login', bytes: encodeText('Bobby-Tables') }))
    const [accepted, refused] = [true, false].map((accepted) => fromServer({ type: 'login', accepted }))
    const acknowledgment = fromClient(encodeClientPacket({ type: 'acknowledgement', sequence: 3 }))
    const kept = [login, accepted, refused, acknowledgment] as SidedDatagram[]
    expect(
      anonymousCapture([...kept, ...datagrams])
        .slice(0, 4)
        .map(({ bytes }) => bytes),
    ).toEqual(kept.map(({ bytes }) => bytes))
  })

  it('does not confuse replies whose parts come between each other', () => {
    const halves = (text: string, sequence: number, to = CLIENT) =>
      [0, 1].map((index) => ({
        ...fromServer({
          type: 'response-part',
          sequence,
          total: 2,
          index,
          bytes: encodeText(text.slice(index * 10, index * 10 + 10)),
        }),
        to,
      })) as [SidedDatagram, SidedDatagram]
    const [a, b] = [halves('the reply to A', 1), halves('and that to B', 2)]
    const [c, d] = [halves('one to another', 1, '198.51.100.8:50000'), halves('not whole here', 3)]
    const texts = textsOf(anonymousCapture([a[0], b[0], c[0], d[0], c[1], b[1], a[1]]))
    const [ofA, ofB, ofC, lastOfC, lastOfB, lastOfA] = texts
    expect([texts.length, `${ofA}${lastOfA}`, `${ofB}${lastOfB}`, `${ofC}${lastOfC}`]).toEqual([
      6,
      'the reply to A',
      'and that to B',
      'one to another',
    ])
  })

  it('has invented addresses at its ends, also over IPv6', () => {
    const ends = anonymousCapture([
      { ...command('players'), from: '[2001:db8:0:0:0:0:0:77]:50000', to: '[2001:db8:0:0:0:0:0:78]:2306' },
      message('hello'),
    ]).map(({ from, to }) => [from, to])
    expect(ends).toEqual([
      ['[2001:db8:0:0:0:0:0:1]:50000', '[2001:db8:0:0:0:0:0:2]:2306'],
      ['198.18.0.3:2306', '198.18.0.4:50000'],
    ])
  })

  it('joins no part of a reply with the parts of an earlier one that stayed incomplete', () => {
    const piece = (index: number, text: string) =>
      fromServer({ type: 'response-part', sequence: 7, total: 3, index, bytes: encodeText(text) })
    const anonymous = anonymousCapture([
      command('bans', 7),
      piece(0, 'old '),
      piece(2, 'old'),
      command('missions', 7),
      piece(0, 'a1'),
      piece(1, 'b1'),
      piece(2, 'c1'),
    ])
    expect(textsOf(anonymous)).toEqual(['bans', 'missions', 'a1', 'b1', 'c1'])
  })

  it('has a reply in parts whole, though its command was sent again before the last of them', () => {
    const again = [part(0), command('players', 1), part(1), part(2)]
    const texts = textsOf(anonymousCapture([command('players', 1), ...again]))
    expect(texts).toHaveLength(5)
    expect(`${texts[1]}${texts[3]}${texts[4]}`).toContain('(OK) Player 1\n')
  })

  it('has the same words in a reply of one packet as in one of parts, also where it looks like a message', () => {
    const chat = encodeText('(Side) Side: hello')
    const whole = fromServer({ type: 'response', sequence: 1, bytes: chat })
    const inParts = [0, 1].map((index) =>
      fromServer({
        type: 'response-part',
        sequence: 2,
        total: 2,
        index,
        bytes: chat.slice(index * 9, index * 9 + 9),
      }),
    )
    const [one, ...parts] = textsOf(anonymousCapture([whole, ...inParts]))
    expect([one, parts.join('')]).toEqual(['(Player 1) Player 1: hello', '(Player 1) Player 1: hello'])
  })

  it('takes no name from what an admin writes', () => {
    const commands = [command('(Side) Rook: hello'), command('say -1 hi Rook')]
    expect(textsOf(anonymousCapture(commands))).toEqual(['(Side) Rook: hello', 'say -1 hi Rook'])
  })

  it('fits into its packets, also where the invented names are longer', () => {
    const chat = message(`(Side) ab: ${'ab '.repeat(21_000)}`)
    expect(textsOf(anonymousCapture([chat]))[0]).toMatch(/^\(Side\) Player 1: Player 1 Player 1/)
  })

  it('leaves out what it cannot read: parts without the others, and what is no packet', () => {
    const garbage = fromClient(Uint8Array.of(0x42, 0x45, 1, 2, 3))
    const served: SidedDatagram = { ...garbage, side: 'server' }
    expect(anonymousCapture([part(0), part(2), garbage, served, command('players')])).toHaveLength(1)
  })
})
