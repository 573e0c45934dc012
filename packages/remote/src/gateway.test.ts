import { settled } from '@bercon/core/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { WebSocketLike } from './channels/web-socket-channel.js'
import { connectGateway, type GatewayOptions } from './gateway.js'

afterEach(() => vi.unstubAllGlobals())

const opened: unknown[][] = []

class FakeSocket implements WebSocketLike {
  readonly readyState = 0
  readonly bufferedAmount = 0
  constructor(...args: unknown[]) {
    opened.push(args)
  }
  send(): void {}
  close(): void {}
  addEventListener(): void {}
}

/** As the package `ws` shows itself. */
class FakeWs extends FakeSocket {
  static readonly WebSocketServer = class {}
}

const TOKEN = 'abcdefghijklmnopqrstuvwxyz012345'

/** What the class of WebSockets is called with. */
async function argumentsOf(url: string, options: Omit<GatewayOptions, 'server'> & { server?: string }) {
  opened.length = 0
  const connection = connectGateway(url, { server: 'altis', WebSocket: FakeSocket, ...options })
  await settled()
  connection.close()
  return opened[0]
}

describe('connectGateway', () => {
  it.each([
    ['https://rcon.example', 'wss://rcon.example/api/servers/altis/connection'],
    ['http://127.0.0.1:8306/', 'ws://127.0.0.1:8306/api/servers/altis/connection'],
    ['wss://example.org/rcon/', 'wss://example.org/rcon/api/servers/altis/connection'],
  ])('reaches %s at %s', async (url, address) => {
    expect((await argumentsOf(url, {}))?.[0]).toBe(address)
  })

  it('writes any name so that it stays one part of the address', async () => {
    const [url] = (await argumentsOf('http://127.0.0.1', { server: '../x?y#z ä' })) ?? []
    expect(url).toBe('ws://127.0.0.1/api/servers/..%2Fx%3Fy%23z%20%C3%A4/connection')
  })

  it('needs no token in a browser, where the address may be relative and a cookie signs in', async () => {
    vi.stubGlobal('location', { href: 'https://rcon.example/console/#/servers' })
    vi.stubGlobal('WebSocket', FakeSocket)
    expect(await argumentsOf('/', { WebSocket: undefined })).toEqual([
      'wss://rcon.example/api/servers/altis/connection',
      ['bercon.v1'],
    ])
  })

  it('sends a token as a header with ws, as a subprotocol otherwise, and never in the address', async () => {
    const address = 'ws://127.0.0.1/api/servers/altis/connection'
    expect(await argumentsOf('http://127.0.0.1', { token: TOKEN, WebSocket: FakeWs })).toEqual([
      address,
      ['bercon.v1'],
      { headers: { authorization: `Bearer ${TOKEN}` } },
    ])
    expect(await argumentsOf('http://127.0.0.1', { token: TOKEN })).toEqual([
      address,
      ['bercon.v1', `bercon.token.${TOKEN}`],
    ])
  })

  it.each([
    ['http://', {}, /url must be the address of a gateway/],
    ['ftp://x', {}, /url must be an address that starts with https:/],
    ['https://ann:secret@x', {}, /url must be an address without user/],
    ['https://x/?token=secret', {}, /url must be an address without user/],
    ['https://x', { token: 'secret with spaces' }, /token must be the token as the gateway printed it/],
    ['https://x', { server: '' }, /server must be/],
    ['https://x', { reconnectDelayMS: 1 }, /There is no option "reconnectDelayMS"/],
  ])('refuses %s with %o, and shows no secret', (url, options, message) => {
    const connect = () => connectGateway(url, { server: 'altis', WebSocket: FakeSocket, ...options })
    expect(connect).toThrow(message)
    expect(connect).not.toThrow(/secret/)
  })

  it('says what is missing where there is no WebSocket', () => {
    vi.stubGlobal('WebSocket', undefined)
    expect(() => connectGateway('https://x', { server: 'altis' })).toThrow(/pass the class of the package ws/)
  })
})
