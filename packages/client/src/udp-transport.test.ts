import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterEach, describe, expect, it } from 'vitest'
import { AsyncRconClient, type AsyncRconClientOptions } from './async-rcon-client.js'
import { UdpTransport, type UdpTransportOptions } from './udp-transport.js'

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function newSimulator(host: string, port = 0): Promise<Simulator> {
  const simulator = await startSimulator({ password: 'hunter2', host, port, bots: false })
  cleanUps.push(() => simulator.close())
  return simulator
}

/** Logs in, and returns the address it used. */
async function addressReached(host: string, port: number, options?: AsyncRconClientOptions): Promise<string> {
  const client = new AsyncRconClient(options)
  cleanUps.push(() => client.close())
  const connects: string[] = []
  client.listen('connect', ({ address }) => connects.push(address))
  await client.connect(host, port, 'hunter2')
  expect(await client.fetchPlayers()).toEqual([])
  return connects.join()
}

it.each([
  ['an empty text', ''],
  ['a name', 'localhost'],
  ['an address with a port', '127.0.0.1:2306'],
  ['an address in brackets', '[::1]'],
  ['half an address', '127.0.0'],
])('%s that a lookup finds is refused by name, and no login leaves', async (_, found) => {
  const { port, server } = await newSimulator('127.0.0.1')
  const transport = new UdpTransport({ lookup: async () => [found] })
  const login = new AsyncRconClient({ transport }).connect('any.example', port, 'hunter2')
  const detail = `the lookup returned ${JSON.stringify(found)}, which is not an IP address`
  await expect(login).rejects.toMatchObject({ code: 'host-unreachable', host: 'any.example', detail })
  expect(server.peers).toEqual([])
})

it.each(['', 'localhost', '0x7f.1'])('no socket is opened to %j', async (address) => {
  const opened = new UdpTransport().open(address, 2306, { onDatagram: () => {}, onError: () => {} })
  await expect(opened).rejects.toThrow('not an IP address')
})

describe('a server is reached', () => {
  it('by its IPv4 address', async () => {
    const { port } = await newSimulator('127.0.0.1')
    expect(await addressReached('127.0.0.1', port)).toBe('127.0.0.1')
  })

  it('by 0.0.0.0, which the system treats as its own address', async () => {
    const { port } = await newSimulator('0.0.0.0')
    expect(await addressReached('0.0.0.0', port)).toBe('0.0.0.0')
  })

  it('by the only address among the results of a lookup', async () => {
    const { port } = await newSimulator('127.0.0.1')
    const transport = new UdpTransport({ lookup: async () => ['', 'localhost', '127.0.0.1'] })
    expect(await addressReached('any.example', port, { transport })).toBe('127.0.0.1')
  })

  it('by the name localhost, whichever address it listens on', async () => {
    const { port, address } = await newSimulator('localhost')
    expect(await addressReached('localhost', port)).toBe(address)
  })

  it(
    hasIpv6 ? 'by its IPv6 address' : 'by no IPv6 address: this machine has none, and the error says so',
    async () => {
      if (hasIpv6) {
        const { port } = await newSimulator('::1')
        expect(await addressReached('::1', port)).toBe('::1')
      } else {
        const connected = new AsyncRconClient({ loginTimeoutMs: 200 }).connect('::1', 2306, 'hunter2')
        await expect(connected).rejects.toMatchObject({ host: '::1' })
      }
    },
  )

  it('by a name with addresses of both families, the first of which does not answer', async () => {
    const { port } = await newSimulator('127.0.0.1')
    const asked: string[] = []
    const lookup = async (host: string) => {
      asked.push(host)
      return ['::1', '127.0.0.1']
    }
    const transport = new UdpTransport({ lookup })
    const options = { transport, loginTimeoutMs: 4_000, loginResendIntervalMs: 50 }
    expect(await addressReached('game.example', port, options)).toBe('127.0.0.1')
    expect(asked).toEqual(['game.example'])
  })

  it('without a lookup for an address', async () => {
    const { port } = await newSimulator('127.0.0.1')
    const lookup = () => Promise.reject(new Error('looked up'))
    expect(await addressReached('127.0.0.1', port, { transport: new UdpTransport({ lookup }) })).toBe(
      '127.0.0.1',
    )
  })
})

it('an unknown name fails at once', async () => {
  const lookup = () => Promise.reject(new Error('ENOTFOUND game.example'))
  const client = new AsyncRconClient({ transport: new UdpTransport({ lookup }) })
  const failure = { code: 'host-unreachable', host: 'game.example', detail: 'ENOTFOUND game.example' }
  await expect(client.connect('game.example', 2306, 'hunter2')).rejects.toMatchObject(failure)
})

async function boundSocket(): Promise<Socket> {
  const socket = createSocket('udp4')
  cleanUps.push(() => socket.close())
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

describe('a socket', () => {
  it('receives datagrams from its server only', async () => {
    const [server, stranger] = [await boundSocket(), await boundSocket()]
    const heard: string[] = []
    let hear: () => void = () => {}
    const fromServer = new Promise<void>((resolve) => {
      hear = resolve
    })
    const socket = await new UdpTransport().open('127.0.0.1', server.address().port, {
      onDatagram: (datagram) => {
        heard.push(new TextDecoder().decode(datagram))
        hear()
      },
      onError: () => {},
    })
    socket.send(new TextEncoder().encode('hello'))
    const [datagram, { port }] = (await once(server, 'message')) as [Uint8Array, RemoteInfo]
    expect(new TextDecoder().decode(datagram)).toBe('hello')
    const send = (from: Socket, text: string) =>
      new Promise((resolve) => from.send(text, port, '127.0.0.1', resolve))
    await send(stranger, 'from a stranger')
    await send(server, 'from the server')
    await fromServer
    expect(heard).toEqual(['from the server'])
    socket.close()
  })

  it('can be closed twice, and sends no datagram afterwards', async () => {
    const server = await boundSocket()
    const receiver = { onDatagram: () => {}, onError: () => {} }
    const socket = await new UdpTransport().open('127.0.0.1', server.address().port, receiver)
    socket.close()
    socket.close()
    socket.send(new Uint8Array(1))
  })

  it('requests the buffer size in its options, and works with less', async () => {
    const server = await boundSocket()
    const receiver = { onDatagram: () => {}, onError: () => {} }
    for (const receiveBufferBytes of [1, 2 ** 30]) {
      const transport = new UdpTransport({ receiveBufferBytes })
      const socket = await transport.open('127.0.0.1', server.address().port, receiver)
      socket.send(Uint8Array.of(receiveBufferBytes % 255))
      await once(server, 'message')
      socket.close()
    }
  })
})

it.each([
  ['receiveBufferBytes', -1],
  ['receiveBufferBytes', 1.5],
  ['receiveBufferBytes', 2 ** 31],
  ['receiveBufferBytes', 'x', 'a string'],
  ['lookup', 5, 'a number'],
  ['buffer', 1_000, 'a number'],
])('the option %s: %s is refused by name', (argument, given, value: unknown = given) => {
  const options = { [argument]: given } as UdpTransportOptions
  expect(() => new UdpTransport(options)).toThrow(
    expect.objectContaining({ code: 'invalid-argument', argument, value }),
  )
})
