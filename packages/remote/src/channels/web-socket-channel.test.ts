import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { TextChannel } from './text-channel.js'
import { type WebSocketLike, webSocketChannel } from './web-socket-channel.js'

let server: WebSocketServer | undefined

afterEach(() => {
  for (const socket of server?.clients ?? []) socket.terminate()
  server?.close()
})

/** A server, and a socket of it with the one that has connected to it. */
async function connected() {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 1_000 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = new WebSocket(`ws://127.0.0.1:${port}`)
  const open = once(client, 'open')
  const [accepted] = (await once(server, 'connection')) as [WebSocket]
  await open
  return { client, accepted }
}

/** A socket whose events a test makes, with what is sent on it. */
class ScriptedSocket implements WebSocketLike {
  readyState = 0
  bufferedAmount = 0
  readonly sent: string[] = []
  readonly #listeners: Record<string, (event: never) => void> = {}

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.readyState = 2
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners[type] = listener
  }

  emit(type: string, event: object = {}): void {
    this.#listeners[type]?.(event as never)
  }
}

function textsOf(channel: TextChannel) {
  const texts: string[] = []
  channel.onText((text) => texts.push(text))
  return { texts, ended: new Promise<Error | undefined>((resolve) => channel.onClose(resolve)) }
}

describe('webSocketChannel', () => {
  it('carries texts in order both ways, also those that are sent before it is open', async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    const user = webSocketChannel(new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`))
    const heard = textsOf(user)
    user.send('early')
    const [socket] = (await once(server, 'connection')) as [WebSocket]
    const host = webSocketChannel(socket)
    const answered = textsOf(host)
    host.send('äöü\u2028')
    user.send('late')
    while (answered.texts.length < 2) await new Promise((resolve) => setImmediate(resolve))
    user.close()
    expect(await Promise.all([heard.ended, answered.ended])).toEqual([undefined, undefined])
    expect([heard.texts, answered.texts]).toEqual([['äöü\u2028'], ['early', 'late']])
    user.send('after the end')
    host.close()
  })

  it('ends with an error when it is cut', async () => {
    const { client, accepted } = await connected()
    const { ended } = textsOf(webSocketChannel(client))
    accepted.terminate()
    const error = await ended
    expect(error?.message).toBe('The WebSocket was cut')
    expect(error).not.toHaveProperty('cause')
  })

  it('ends with the reason when nobody listens, and does not throw', async () => {
    const { ended } = textsOf(webSocketChannel(new WebSocket('ws://127.0.0.1:1')))
    expect(await ended).toMatchObject({
      code: 'channel-failure',
      message: expect.stringMatching(/^The WebSocket failed: .*ECONNREFUSED/),
      cause: { code: 'ECONNREFUSED' },
    })
  })

  it('ends with an error when a message is longer than the server takes', async () => {
    const { client, accepted } = await connected()
    const { ended, texts } = textsOf(webSocketChannel(accepted))
    client.send('x'.repeat(1_001))
    expect([(await ended)?.message, texts]).toEqual([expect.stringMatching(/Max payload size/), []])
  })

  // A browser's `error` event has no details.
  it.each([
    [{}, 'The WebSocket was cut'],
    [{ message: '' }, 'The WebSocket was cut'],
    [{ message: 'bad handshake' }, 'The WebSocket failed: bad handshake'],
    [{ message: 'vague', error: new Error('exact') }, 'The WebSocket failed: exact'],
  ])('ends with what the platform says of an error, %j', async (event, message) => {
    const socket = new ScriptedSocket()
    const { ended } = textsOf(webSocketChannel(socket))
    socket.emit('error', event)
    socket.emit('close', { code: 1_006 })
    expect(await ended).toMatchObject({ message })
  })

  it('reports its end once, also a listener that comes later, and ends without one', () => {
    const socket = new ScriptedSocket()
    const channel = webSocketChannel(socket)
    socket.emit('close', { code: 1_006 })
    const ends: (string | undefined)[] = []
    channel.onClose((error) => ends.push(error?.message))
    socket.emit('close', { code: 1_000 })
    expect(ends).toEqual(['The WebSocket was cut'])
  })

  it('sends nothing after its close, even if the socket opens then', () => {
    const socket = new ScriptedSocket()
    const channel = webSocketChannel(socket)
    channel.send('early')
    channel.close()
    channel.send('late')
    socket.emit('open')
    expect(socket.sent).toEqual([])
  })

  it('owes what the socket has not sent', () => {
    const socket = Object.assign(new ScriptedSocket(), { bufferedAmount: 12 })
    expect(webSocketChannel(socket).unsent).toBe(12)
  })

  it.each(['send', 'close', 'addEventListener'])('refuses a socket without %s by name', (method) => {
    const socket = Object.assign(new ScriptedSocket(), { [method]: undefined })
    expect(() => webSocketChannel(socket)).toThrow(`has no method ${method}`)
    expect(() => webSocketChannel(socket)).toThrow(/^socket must be/)
  })

  it('hands a binary frame on as an empty text, which is no message', async () => {
    const { client, accepted } = await connected()
    const { texts, ended } = textsOf(webSocketChannel(accepted))
    client.send(Buffer.from('{"type":"hello","version":1}'))
    client.close()
    await ended
    expect(texts).toEqual([''])
  })
})
