import { EventDispatcher, RconClientCache } from '@bercon/core'
import { battleye, type ClientOptions, clientParts, ServerConnection, systemClock } from '@bercon/core/kit'
import { describe, expect, it } from 'vitest'
import { newConnection } from '../test/hand-held-connection.js'
import { AsyncRconClient } from './async-rcon-client.js'
import { PLATFORM } from './platform.js'
import { UdpTransport } from './udp-transport.js'

describe('the parts that a client builds from its options', () => {
  it('are UDP and the system clock by default', () => {
    const { connection, clock, ...extras } = clientParts({}, PLATFORM)
    expect(connection).toBeInstanceOf(ServerConnection)
    expect(clock).toBe(systemClock)
    expect(extras).toEqual({ cache: undefined, dispatch: undefined })
  })

  it('are the connection, the clock and the parts passed in', () => {
    const { connection, clock } = newConnection()
    const cache = new RconClientCache()
    const dispatch: NonNullable<ClientOptions<'promise'>['dispatch']> = new EventDispatcher()
    const parts = clientParts<'promise'>({ connection, clock, cache, dispatch }, PLATFORM)
    expect(parts.connection).toBe(connection)
    expect(parts.clock).toBe(clock)
    expect(parts).toMatchObject({ cache, dispatch })
  })

  it.each([
    ['foo', 1],
    ['keepAliveMs', 1_000],
    ['transport', new UdpTransport()],
    ['dialect', battleye],
  ])('has no place for the option %s beside a connection, which would not know of it', (argument, value) => {
    const { connection } = newConnection()
    const options = { connection, [argument]: value } as ClientOptions<'promise'>
    expect(() => clientParts(options, PLATFORM)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument }),
    )
  })
})

it('refuses a transport, a clock and a connection of the wrong shape by name', () => {
  for (const name of ['transport', 'clock', 'connection']) {
    for (const value of ['hunter2', {}]) {
      const create = () => new AsyncRconClient({ [name]: value } as object)
      expect(create).toThrow(expect.objectContaining({ code: 'invalid-argument', argument: name }))
      expect(create).not.toThrow('hunter2')
    }
  }
})

it('refuses an unknown option of connect by name, without its value', async () => {
  const options = { timeoutMs: 'hunter2' } as object
  const failed = new AsyncRconClient().connect('127.0.0.1', 2306, 'secret', options)
  await expect(failed).rejects.toMatchObject({ argument: 'timeoutMs', value: 'a string' })
  await expect(failed).rejects.toThrow('There is no option "timeoutMs"')
})
