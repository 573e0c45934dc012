// Whatever comes to the fronts, from strangers and from users, nothing fails in the gateway, and it goes on serving.
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { encodeClientPacket, encodeText } from '@bercon/protocol'
import { createRandom, type Random } from '@bercon/server/kit'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startGateway } from './running-gateway.js'

const DATAGRAMS = 20_000
const REQUESTS = 400
const TEXTS = 2_000

let running: Awaited<ReturnType<typeof startGateway>>

beforeAll(async () => {
  running = await startGateway()
  // Afterwards wrong tokens from here lock out only who has not been in.
  await running.command('ann', 'version')
})

afterEach(async () => {
  expect(running.events.filter(({ type }) => type === 'error')).toEqual([])
  const { status } = await running.command('ann', 'version')
  expect(status).toBe(200)
})

afterAll(() => running.close())

/** Bytes that are cut, changed, and put together from what is right. */
function spoiled(random: Random, good: readonly Uint8Array[]): Buffer {
  const one = Buffer.from(good[Math.floor(random() * good.length)] ?? [])
  const sort = random()
  if (sort < 0.2)
    return Buffer.from(Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256)))
  if (sort < 0.4) return one.subarray(0, Math.floor(random() * one.length))
  for (let change = 0; change < 1 + random() * 3; change++)
    one[Math.floor(random() * one.length)] = Math.floor(random() * 256)
  return sort < 0.5 ? Buffer.concat([one, one]) : one
}

it('datagrams', async () => {
  const random = createRandom(17)
  const login = encodeClientPacket({ type: 'login', bytes: encodeText(running.tokens.bob) })
  const command = (text: string, sequence: number) =>
    encodeClientPacket({ type: 'command', sequence, bytes: encodeText(text) })
  const good = [
    login,
    command('players', 0),
    command('kick 3 \0 ban 3', 1),
    command('', 2),
    command('\ufffd', 3),
  ]
  const socket = createSocket('udp4')
  const port = running.battleyePort
  const send = (bytes: Uint8Array) => new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', resolve))
  await send(login)
  for (let sent = 0; sent < DATAGRAMS; sent++) {
    await send(random() < 0.1 ? (good[Math.floor(random() * good.length)] ?? login) : spoiled(random, good))
  }
  socket.close()
})

it('requests that are broken', async () => {
  const random = createRandom(18)
  const { hostname, port } = new URL(running.url)
  const auth = `Authorization: Bearer ${running.tokens.bob}\r\n`
  const good = [
    `GET /api/servers HTTP/1.1\r\nHost: x\r\n${auth}\r\n`,
    `GET /api/servers/%ff/players HTTP/1.1\r\nHost: x\r\n${auth}\r\n`,
    `GET //[ HTTP/1.1\r\nHost: x\r\n${auth}\r\n`,
    `GET /api/audit?before=%00 HTTP/1.1\r\nHost: :::\r\n${auth}\r\n`,
    `POST /api/servers/altis/commands HTTP/1.1\r\nHost: x\r\n${auth}Content-Type: application/json\r\nContent-Length: 18\r\n\r\n{"text":"players"}`,
    `GET /api/servers/altis/connection HTTP/1.1\r\nHost: x\r\n${auth}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: bercon.v1\r\n\r\n`,
    `GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  ].map((text) => Buffer.from(text))
  const ask = (bytes: Uint8Array) =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname)
      const done = () => {
        socket.destroy()
        resolve()
      }
      socket.on('error', done)
      socket.on('close', done)
      socket.on('data', done)
      // What is not whole has no answer.
      socket.write(bytes, () => setImmediate(() => socket.end()))
    })
  for (const bytes of good) await ask(bytes)
  for (let sent = 0; sent < REQUESTS; sent++) await ask(spoiled(random, good))
})

it('texts of a user over a WebSocket', async () => {
  const random = createRandom(19)
  const url = `${running.url.replace('http', 'ws')}/api/servers/altis/connection`
  const good = [
    '{"type":"hello","version":1}',
    '{"type":"exchange","id":1,"text":"players","resend":true,"timeoutMs":100}',
    '{"type":"exchange","id":2,"text":"ban 3","resend":false,"timeoutMs":null}',
    '{"type":"cancel","id":1}',
    '{"type":"open","id":3,"target":{"host":"127.0.0.1","port":1,"password":"x"}}',
  ].map((text) => Buffer.from(text))
  let left = TEXTS
  while (left > 0) {
    const socket = new WebSocket(url, ['bercon.v1'], {
      headers: { authorization: `Bearer ${running.tokens.ann}` },
    })
    await new Promise((resolve) => {
      socket.on('open', () => {
        socket.send(String(good[0]))
        for (let sent = 0; sent < 50; sent++) {
          const bytes =
            random() < 0.2 ? (good[Math.floor(random() * good.length)] ?? '') : spoiled(random, good)
          socket.send(random() < 0.9 ? String(bytes) : bytes)
        }
        socket.close()
      })
      socket.on('error', resolve)
      socket.on('close', resolve)
    })
    left -= 50
  }
})
