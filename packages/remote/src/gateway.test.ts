import { settled, VirtualClock } from '@bercon/core/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ScriptedConnection } from '../test/scripted-connection.js'
import type { WebSocketLike } from './channels/web-socket-channel.js'
import { connectGateway, type GatewayOptions } from './gateway.js'
import { hostConnection } from './host/host-connection.js'
import { channelPair } from './testing/index.js'

afterEach(() => vi.unstubAllGlobals())

const opened: unknown[][] = []

class FakeSocket implements WebSocketLike {
  readonly readyState: number = 0
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

function refusal(url: string, options: object): Error {
  try {
    connectGateway(url, { server: 'altis', WebSocket: FakeSocket, ...options })
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('it was not refused')
}

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
    ['ws://example.org//rcon//', 'ws://example.org//rcon/api/servers/altis/connection'],
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

  const alone = { argument: 'url', expected: 'an address alone', value: 'a string' }
  const aloneText = /^url must be an address without user/

  it.each([
    ['http://', {}, { argument: 'url' }, /^url must be the address of a gateway/],
    ['ftp://x', {}, { argument: 'url' }, /^url must be an address that starts with https:/],
    ['https://ann:secret@x', {}, alone, aloneText],
    ['https://secret@x', {}, alone, aloneText],
    ['https://:secret@x', {}, alone, aloneText],
    ['https://x/?token=secret', {}, alone, aloneText],
    ['https://x/#secret', {}, alone, aloneText],
    [
      'https://x',
      { token: 'secret with spaces' },
      { argument: 'token', expected: 'a token' },
      /^token must be/,
    ],
    [
      'https://x',
      { token: ['secret'] as never },
      { argument: 'token', value: 'an object' },
      /^token must be/,
    ],
    ['https://x', { server: '' }, { argument: 'server' }, /^server must be the server's name at the gateway/],
    ['https://x', { server: 5 as never }, { argument: 'server' }, /^server must be/],
    ['https://x', { reconnectDelayMS: 1 }, {}, /^There is no option "reconnectDelayMS"/],
  ])('refuses %s with %o, and shows no secret', (url, options, facts, message) => {
    const error = refusal(url, options)
    expect(error).toMatchObject({ code: 'invalid-argument', ...facts })
    expect(error.message).toMatch(message)
    expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/secret/)
  })

  it('says what is missing where there is no WebSocket', () => {
    vi.stubGlobal('WebSocket', undefined)
    const error = refusal('https://x', { WebSocket: undefined })
    expect(error).toMatchObject({ argument: 'WebSocket', expected: 'a class' })
    expect(error.message).toMatch(/pass the class of the package ws/)
  })

  it.each([
    [{}, 'rcon.example:8306/altis'],
    [{ name: 'our server' }, 'our server'],
  ])(
    'names the server in the connect event by the gateway and its name there, with %j',
    async (options, name) => {
      const clock = new VirtualClock()
      const { ends } = channelPair(clock)
      hostConnection(new ScriptedConnection(), ends[0], { clock })
      class OpenSocket extends FakeSocket {
        override addEventListener(type?: string, listener?: (event: never) => void): void {
          if (type === 'message') ends[1].onText((data) => listener?.({ data } as never))
        }
        override send(text?: string): void {
          ends[1].send(text ?? '')
        }
        override readonly readyState = 1
      }
      const connection = connectGateway('https://rcon.example:8306', {
        server: 'altis',
        clock,
        WebSocket: OpenSocket,
        ...options,
      })
      const addresses: unknown[] = []
      connection.subscribe((event) => addresses.push(event.type === 'connect' && event.address))
      await clock.run(10)
      connection.close()
      expect(addresses[0]).toBe(name)
    },
  )
})
