import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { TextChannel } from './text-channel.js'
import { webSocketChannel } from './web-socket-channel.js'

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
    expect((await ended)?.message).toBe('The WebSocket was cut')
  })

  it('ends with the reason when nobody listens, and does not throw', async () => {
    const { ended } = textsOf(webSocketChannel(new WebSocket('ws://127.0.0.1:1')))
    expect(await ended).toMatchObject({ code: 'channel-failure', message: /ECONNREFUSED/ })
  })

  it('ends with an error when a message is longer than the server takes', async () => {
    const { client, accepted } = await connected()
    const { ended, texts } = textsOf(webSocketChannel(accepted))
    client.send('x'.repeat(1_001))
    expect([(await ended)?.message, texts]).toEqual([expect.stringMatching(/Max payload size/), []])
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
