// @ts-nocheck
import { encodeClientPacket, encodeServerPacket, encodeText } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { type DecodeFlags, decode } from '../src/commands/decode.js'
import { bercon } from './bercon-process.js'
import { newFile } from './new-folder.js'
import { outputOf } from './output-of.js'

const login = encodeClientPacket({ type: 'login', bytes: encodeText('open-sesame') })
const accepted = encodeServerPacket({ type: 'login', accepted: true })
const command = encodeClientPacket({ type: 'command', sequence: 7, bytes: encodeText('players') })
const reply = encodeServerPacket({ type: 'response', sequence: 7, bytes: encodeText('none') })

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** An Ethernet frame with UDP over IPv4, from a client's port to the server's or back. */
function frame(datagram: Uint8Array, isFromServer: boolean): Buffer {
  const header = Buffer.alloc(42)
  header.writeUInt16BE(0x0800, 12)
  header.writeUInt8(0x45, 14)
  header.writeUInt8(17, 23)
  header.set(isFromServer ? [192, 0, 2, 2, 192, 0, 2, 1] : [192, 0, 2, 1, 192, 0, 2, 2], 26)
  header.writeUInt16BE(isFromServer ? 2306 : 50_000, 34)
  header.writeUInt16BE(isFromServer ? 50_000 : 2306, 36)
  header.writeUInt16BE(datagram.length + 8, 38)
  return Buffer.concat([header, datagram])
}

const FRAMES = [frame(login, false), frame(accepted, true), frame(command, false), frame(reply, true)]
const START_S = 1_700_000_000

function pcap(): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32BE(0xa1b2c3d4, 0)
  header.writeUInt32BE(1, 20)
  const records = FRAMES.map((bytes, index) => {
    const record = Buffer.alloc(16)
    record.writeUInt32BE(START_S, 0)
    record.writeUInt32BE(index * 1_000, 4)
    record.writeUInt32BE(bytes.length, 8)
    record.writeUInt32BE(bytes.length, 12)
    return Buffer.concat([record, bytes])
  })
  return Buffer.concat([header, ...records])
}

function block(type: number, body: Buffer): Buffer {
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
  const ends = Buffer.alloc(8)
  ends.writeUInt32LE(type, 0)
  ends.writeUInt32LE(padded.length + 12, 4)
  return Buffer.concat([ends, padded, ends.subarray(4)])
}

function pcapng(): Buffer {
  const section = Buffer.from('4d3c2b1a01000000ffffffffffffffff', 'hex')
  const ethernet = Buffer.from('0100000000000000', 'hex')
  const packets = FRAMES.map((bytes, index) => {
    const head = Buffer.alloc(20)
    const time = BigInt(START_S) * 1_000_000n + BigInt(index * 1_000)
    head.writeUInt32LE(Number(time >> 32n), 4)
    head.writeUInt32LE(Number(time & 0xffffffffn), 8)
    head.writeUInt32LE(bytes.length, 12)
    head.writeUInt32LE(bytes.length, 16)
    return block(6, Buffer.concat([head, bytes]))
  })
  return Buffer.concat([block(0x0a0d0d0a, section), block(1, ethernet), ...packets])
}

const decoded = (hex: readonly string[], flags: Partial<DecodeFlags> = {}) =>
  outputOf(() => decode(hex, { format: 'text', ...flags }))

describe('a capture', () => {
  it.each([
    ['pcap', pcap()],
    ['pcapng', pcapng()],
  ])('in the format %s becomes packets, without a password', async (name, bytes) => {
    const { code, stdout } = await decoded([], { file: newFile(`capture.${name}`, bytes), format: 'ndjson' })
    const [client, server] = ['192.0.2.1:50000', '192.0.2.2:2306']
    const [up, down] = [
      { from: client, to: server, side: 'client' },
      { from: server, to: client, side: 'server' },
    ]
    const lines = stdout.trimEnd().split('\n')
    expect(code).toBe(0)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { at: '2023-11-14T22:13:20.000Z', ...up, type: 'login', passwordBytes: 11 },
      { at: '2023-11-14T22:13:20.001Z', ...down, type: 'login', accepted: true },
      { at: '2023-11-14T22:13:20.002Z', ...up, type: 'command', sequence: 7, text: 'players' },
      { at: '2023-11-14T22:13:20.003Z', ...down, type: 'response', sequence: 7, text: 'none' },
    ])
  })

  it('is shown to people line by line', async () => {
    const { code, stdout } = await bercon(['decode', '--file', newFile('capture', pcapng())])
    expect([code, stdout.split('\n')[2]]).toEqual([
      0,
      '2023-11-14T22:13:20.002Z  192.0.2.1:50000 > 192.0.2.2:2306  client  command  sequence 7  "players"',
    ])
  })

  it('with a time beyond all dates is decoded nevertheless', async () => {
    const bytes = pcapng()
    // The time's upper half, in the first packet after the section and interface blocks.
    bytes.fill(0xff, 60, 64)
    const { code, stdout } = await decoded([], { file: newFile('capture', bytes), format: 'ndjson' })
    expect(code).toBe(0)
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
      at: '+275760-09-13T00:00:00.000Z',
      type: 'login',
    })
  })

  it('in an unknown format is refused', async () => {
    const file = newFile('capture', 'hello, this is no capture at all')
    await expect(decoded([], { file })).rejects.toThrow('The file is neither pcap nor pcapng')
  })
})

describe('hex', () => {
  it('is decoded with and without spaces, from either side', async () => {
    const spaced = hexOf(reply).replace(/../g, '$& ').trim().split(' ')
    expect((await decoded(spaced, { from: 'server' })).stdout).toBe('server  response  sequence 7  "none"\n')
    const { stdout } = await bercon(['decode'], { input: `${hexOf(accepted)}\n${hexOf(command)}\n` })
    expect(stdout).toBe(
      'server  login  accepted true\n' +
        'client  command  sequence 7  "players"\nserver  response  sequence 7  "players"\n',
    )
  })

  it('of a part is attributed to a server: no command begins with NUL', async () => {
    const part = { type: 'response-part', sequence: 7, total: 2, index: 0, bytes: encodeText('no') } as const
    expect((await bercon(['decode', hexOf(encodeServerPacket(part))])).stdout).toBe(
      'server  response-part  sequence 7  total 2  index 0  "no"\n',
    )
  })

  it('that is not a packet reports why, and exits with 6', async () => {
    expect(await decoded(['4245'], { from: 'client' })).toMatchObject({
      code: 6,
      stdout: 'client  malformed  problem too-short  length 2\n',
    })
    await expect(decoded(['xyz'])).rejects.toThrow('The bytes must be pairs of hexadecimal digits')
  })
})

it('does not show the password that a server prints at its start', async () => {
  const bytes = encodeText('Config entry: RConPassword open-sesame')
  const printed = encodeServerPacket({ type: 'message', sequence: 1, bytes })
  const { stdout: output } = await decoded([hexOf(printed)])
  expect(output).toContain('RConPassword ***')
  expect(output).not.toContain('open-sesame')
})

it('decodes text that is not UTF-8 with the named encoding', async () => {
  const bytes = Uint8Array.of(...encodeText('(Global) '), 0xc8, 0xe2, 0xe0, 0xed, ...encodeText(': hi'))
  const said = [hexOf(encodeServerPacket({ type: 'message', sequence: 1, bytes }))]
  expect((await decoded(said)).stdout).toContain('Èâàí: hi')
  expect((await decoded(said, { encoding: 'windows-1251' })).stdout).toContain('Иван: hi')
  await expect(decoded([hexOf(login)], { encoding: 'nope' })).rejects.toThrow('TextDecoder supports')
})
