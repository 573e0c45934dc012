import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import type { Random } from '@bercon/server/kit'
import { Gatekeeper } from '../../src/fronts/http/gatekeeper.js'
import { httpSettings } from '../../src/fronts/http/http-options.js'
import { WebSocketFront } from '../../src/fronts/websocket/websocket-front.js'
import { type FuzzResult, FuzzScene, isOwnFault, oneOf, spoiled, TOKEN } from './fuzz-scene.js'
import { hostileText } from './hostile-text.js'

const LONGEST = 200
const TURN = 20

/** Frames to the WebSocket front: before and after hello, text and binary, huge, cut, unmasked, and broken JSON. */
export async function fuzzWebSocket(random: Random, inputs: number): Promise<FuzzResult> {
  const scene = new FuzzScene(random)
  const front = new WebSocketFront(scene.parts)
  const gatekeeper = new Gatekeeper(scene.parts, httpSettings({ port: 0 }))
  let peer: MemorySocket | undefined
  let sent = 0
  for (let input = 0; input < inputs; input++) {
    if (peer === undefined || peer.destroyed || peer.isOver || sent > LONGEST) {
      peer?.destroy()
      scene.count('sockets')
      peer = new MemorySocket((sort) => scene.count(sort))
      sent = 0
      front.upgrade(handshake(random, peer), peer, Buffer.alloc(0), gatekeeper)
      if (random() < 0.95) peer.push(frame(Buffer.from('{"type":"hello","version":1}'), 1))
    }
    peer.push(hostileFrame(random, ++sent))
    if (random() < 0.01) scene.tellAnything()
    if (input % TURN === 0) await scene.clock.run(random() * 100)
    // Its end is only known a turn later.
    if (random() < 0.1) await new Promise((resolve) => setImmediate(resolve))
  }
  peer?.destroy()
  await scene.clock.run(120_000)
  front.close()
  scene.parts.history.stop()
  const { errors, ...rest } = scene.result(inputs)
  return { ...rest, errors: errors.filter(isOwnFault) }
}

/** The server's end of a connection of which the test is the other one. */
class MemorySocket extends Duplex {
  isOver = false
  readonly remoteAddress = '192.0.2.1'
  readonly remotePort = 1
  readonly #count: (sort: string) => void

  constructor(count: (sort: string) => void) {
    super()
    this.#count = count
    this.on('error', () => {})
    this.on('finish', () => {
      this.isOver = true
    })
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#count(chunk[0] === 0x48 ? chunk.subarray(0, 12).toString() : `frame ${(chunk[0] ?? 0) & 15}`)
    done()
  }
}

function handshake(random: Random, socket: MemorySocket): IncomingMessage {
  const headers: Record<string, string> = {
    host: 'gateway',
    upgrade: random() < 0.99 ? 'websocket' : 'h2c',
    connection: 'Upgrade',
    'sec-websocket-version': random() < 0.99 ? '13' : '8',
    'sec-websocket-key': random() < 0.99 ? randomBytes(16).toString('base64') : 'x',
    'sec-websocket-protocol': random() < 0.99 ? 'bercon.v1' : oneOf(random, ['', 'bercon.v2', ',,']),
  }
  if (random() < 0.97) headers['authorization'] = `Bearer ${TOKEN}`
  if (random() < 0.01) headers['origin'] = 'https://evil.example'
  const url =
    random() < 0.98
      ? '/api/servers/altis/connection'
      : oneOf(random, ['/', '//', '/api/servers/%ff/connection', '/x?token=y'])
  return { method: 'GET', url, headers, socket, httpVersion: '1.1' } as unknown as IncomingMessage
}

/** A frame as a client masks it (RFC 6455). */
function frame(payload: Uint8Array, opcode: number, first = 0x80): Buffer {
  const { length } = payload
  const head =
    length < 126
      ? Buffer.of(first | opcode, 0x80 | length)
      : length < 65_536
        ? Buffer.of(first | opcode, 0xfe, length >> 8, length & 255)
        : Buffer.of(
            first | opcode,
            0xff,
            0,
            0,
            0,
            0,
            length >> 24,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          )
  // A mask of zeros changes nothing.
  return Buffer.concat([head, Buffer.alloc(4), payload])
}

function hostileFrame(random: Random, id: number): Buffer {
  const chance = random()
  if (chance < 0.9) return frame(Buffer.from(messageOf(random, id)), 1)
  if (chance < 0.95) return frame(spoiled(random, Buffer.from(messageOf(random, id))), random() < 0.7 ? 1 : 2)
  if (chance < 0.951) return frame(Buffer.alloc(300_000, 'x'), 1)
  if (chance < 0.96) return frame(Buffer.from('x'.repeat(100_000)), 1)
  if (chance < 0.97)
    return frame(Buffer.alloc(Math.floor(random() * 200)), Math.floor(random() * 16), random() * 256)
  if (chance < 0.98)
    return Buffer.from(spoiled(random, frame(Buffer.from('{"type":"hello","version":1}'), 1)))
  return frame(Buffer.alloc(Math.floor(random() * 125)), oneOf(random, [8, 9, 10]))
}

function messageOf(random: Random, id: number): string {
  const chance = random()
  const given = random() < 0.97 ? id : oneOf(random, [0, -1, 1, 1e308, '1', null])
  if (chance < 0.9) {
    const timeoutMs = oneOf(random, [null, 1, 500, 10_000])
    return JSON.stringify({
      type: 'exchange',
      id: given,
      text: hostileText(random),
      resend: random() < 0.5,
      timeoutMs,
    })
  }
  if (chance < 0.93) return JSON.stringify({ type: 'cancel', id: Math.max(1, id - 1) })
  if (chance < 0.95) return '{"type":"hello","version":1}'
  if (chance < 0.97)
    return JSON.stringify({ type: 'open', id: given, target: { host: 'x', port: 1, password: 'y' } })
  return oneOf(random, [
    '{',
    '[]',
    'null',
    '{"type":"close"}',
    '{"type":"hello","version":2}',
    '{"type":"__proto__"}',
    '['.repeat(20_000),
    `{"type":"exchange","id":${id},"text":"ban 3","resend":false,"timeoutMs":1,"text":"players"}`,
  ])
}
