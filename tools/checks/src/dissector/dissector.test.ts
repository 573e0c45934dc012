import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { captureBlock, captureHead, type SidedDatagram } from '@bercon/core/capture'
import { encodeClientPacket, encodeServerPacket, encodeText } from '@bercon/protocol'
import { afterAll, describe, expect, it } from 'vitest'
import { luaDissector } from './lua-dissector.js'
import { packetLayout } from './packet-layout.js'

const FILE = fileURLToPath(new URL('../../../../docs/wireshark/battleye-rcon.lua', import.meta.url))
const CLIENT = '192.0.2.1:50000'
const SERVER = '192.0.2.2:2306'

it('has the numbers of the codec', async () => {
  await expect(luaDissector(packetLayout())).toMatchFileSnapshot(FILE)
})

const folder = mkdtempSync(join(tmpdir(), 'bercon-'))
afterAll(() => rmSync(folder, { recursive: true }))

let at = 1_700_000_000_000
const client = (packet: Parameters<typeof encodeClientPacket>[0]): SidedDatagram => ({
  at: at++,
  from: CLIENT,
  to: SERVER,
  bytes: encodeClientPacket(packet),
  side: 'client',
})
const server = (packet: Parameters<typeof encodeServerPacket>[0]): SidedDatagram => ({
  at: at++,
  from: SERVER,
  to: CLIENT,
  bytes: encodeServerPacket(packet),
  side: 'server',
})
const bytes = encodeText

/** A session with all that a dissector can get wrong. */
const SESSION: readonly SidedDatagram[] = [
  client({ type: 'login', bytes: bytes('wrong') }),
  server({ type: 'login', accepted: false }),
  client({ type: 'login', bytes: bytes('hunter2') }),
  server({ type: 'login', accepted: true }),
  server({ type: 'message', sequence: 0, bytes: bytes('RCon admin #0 (192.0.2.1:50000) logged in') }),
  client({ type: 'acknowledgement', sequence: 0 }),
  client({ type: 'command', sequence: 0, bytes: bytes('players') }),
  // In another order than they were sent; a character is cut.
  server({ type: 'response-part', sequence: 0, total: 2, index: 1, bytes: bytes('é two').slice(1) }),
  server({
    type: 'response-part',
    sequence: 0,
    total: 2,
    index: 0,
    bytes: Uint8Array.of(...bytes('one '), 0xc3),
  }),
  client({ type: 'command', sequence: 1, bytes: bytes('version') }),
  client({ type: 'command', sequence: 1, bytes: bytes('version') }),
  server({ type: 'response', sequence: 1, bytes: bytes('1.2') }),
  server({ type: 'message', sequence: 0, bytes: bytes('RCon admin #0 (192.0.2.1:50000) logged in') }),
  client({ type: 'command', sequence: 2, bytes: bytes('') }),
]

const hasTshark = spawnSync('tshark', ['--version']).status === 0

function tshark(...args: readonly string[]): string {
  const file = join(folder, 'capture.pcapng')
  const damaged = { ...client({ type: 'command', sequence: 3, bytes: bytes('players') }) }
  damaged.bytes[2] = (damaged.bytes[2] ?? 0) ^ 1
  const all = [...SESSION, damaged]
  writeFileSync(file, Buffer.concat([captureHead(), ...all.map((each) => captureBlock(each, each.side))]))
  const script = join(folder, 'battleye-rcon.lua')
  writeFileSync(script, luaDissector(packetLayout()))
  const { stdout, stderr } = spawnSync('tshark', ['-X', `lua_script:${script}`, '-r', file, ...args], {
    encoding: 'utf8',
  })
  expect(stderr).not.toMatch(/lua|valid/i)
  return stdout
}

const FIELDS = ['kind', 'sequence', 'response_to', 'repeats', 'acknowledges', 'checksum.good']

// Where there is none, `.ci/run` says so.
if (hasTshark) {
  describe('in tshark', () => {
    it('names each packet, matches responses to commands, and finds repeats and damage', () => {
      const fields = FIELDS.flatMap((name) => ['-e', `battleye-rcon.${name}`])
      const rows = tshark('-T', 'fields', ...fields)
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t').join(' ').trimEnd())
      expect(rows).toEqual([
        'login     1',
        'login-answer     1',
        'login     1',
        'login-answer     1',
        'message 0    1',
        'acknowledgement 0   5 1',
        'command 0    1',
        'response-part 0 7   1',
        'response-part 0 7   1',
        'command 1    1',
        'command 1  10  1',
        'response 1 11   1',
        'message 0  5  1',
        'command 2    1',
        'command 3    0',
      ])
    })

    it('joins the parts of a reply and shows no password', () => {
      const tree = tshark('-V')
      expect(tree).toContain('Reply of all parts: one é two')
      expect(tree).toContain('Answers the command: players')
      expect(tree).toContain('Bytes of the password: 7')
      expect(tree).toContain('The password was refused')
      expect(tree).toContain('Wrong checksum')
      expect(tree).not.toMatch(/hunter2/)
    })
  })
}
