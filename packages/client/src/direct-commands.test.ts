import { EventDispatcher, type RconEvents } from '@bercon/core'
import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { encodeServerPacket, encodeText } from '@bercon/protocol'
import { expect, it } from 'vitest'
import { AsyncRconClient, type AsyncRconClientOptions } from './async-rcon-client.js'

const LOGIN_ACCEPTED = encodeServerPacket({ type: 'login', accepted: true })

/** A client in virtual time, at a server that answers every command with one reply while it is up. */
async function newLogin(reply: string, options: AsyncRconClientOptions = {}) {
  const clock = new VirtualClock()
  const server = { isUp: true }
  const peer = {
    onDatagram: (datagram: Uint8Array, from: { deliver: (datagram: Uint8Array) => void }) => {
      if (!server.isUp || datagram[7] === 2) return
      const sequence = datagram[8] ?? 0
      const response = encodeServerPacket({ type: 'response', sequence, bytes: encodeText(reply) })
      from.deliver(datagram[7] === 0 ? LOGIN_ACCEPTED : response)
    },
  }
  const transport = new MemoryTransport(clock, new Map([['192.0.2.1', peer]]))
  const client = new AsyncRconClient({ playersIntervalMs: 0, ...options, transport, clock })
  const connected = client.connect('192.0.2.1', 2306, 'hunter2')
  await clock.run(0)
  await connected
  return { clock, server, client }
}

async function answered<T>(clock: VirtualClock, result: Promise<T>): Promise<T> {
  await clock.run(0)
  return result
}

it('the error of a refused command names the function that awaited it', async () => {
  const { clock, client } = await newLogin('Unknown command')
  const error = new Promise<unknown>((resolve) => {
    async function restartTheServer(): Promise<void> {
      try {
        await client.sendCommand('#restart')
      } catch (caught) {
        resolve(caught)
      }
    }
    void restartTheServer()
  })
  await clock.run(0)
  expect(await error).toMatchObject({
    code: 'unknown-command',
    stack: expect.stringMatching(/at (?:async )?restartTheServer /),
  })
  await client.close()
})

it('an unexpected reply fails the command, and the next one is answered', async () => {
  const { clock, client } = await newLogin('nothing like a list')
  const failed = client.fetchMissions().catch((error: unknown) => error)
  expect(await answered(clock, failed)).toMatchObject({ code: 'unexpected-reply' })
  expect(await answered(clock, client.sendCommand('version'))).toBe('nothing like a list')
  await client.close()
})

it('a command is an event from the moment at which somebody listens for it', async () => {
  const { clock, client } = await newLogin('done')
  const heard: string[] = []
  await answered(clock, client.sendCommand('first'))
  const off = client.listen('command', ({ text }) => heard.push(text))
  await answered(clock, client.sendCommand('second'))
  off()
  await answered(clock, client.sendCommand('third'))
  client.listen('rawEvent', ({ event }) => heard.push(`raw ${event.type}`))
  await answered(clock, client.sendCommand('fourth'))
  expect(heard).toEqual(['second', 'raw command'])
  await client.close()
})

it('a dispatcher that overrides emit sees every command', async () => {
  const heard: string[] = []
  class Log extends EventDispatcher<RconEvents<'promise'>> {
    override emit(...[name, event]: Parameters<EventDispatcher<RconEvents<'promise'>>['emit']>): void {
      heard.push(name)
      super.emit(name, event)
    }
  }
  const { clock, client } = await newLogin('done', { dispatch: new Log() })
  heard.length = 0
  await answered(clock, client.sendCommand('version'))
  expect(heard).toEqual(['command'])
  await client.close()
})

it('a reply that nobody listens for is a sign of the server all the same, from which a gap is counted', async () => {
  const { clock, server, client } = await newLogin('done')
  const gaps: { readonly from: number; readonly to: number }[] = []
  client.listen('gap', ({ from, to }) => gaps.push({ from, to }))
  await clock.run(7_000)
  await answered(clock, client.sendCommand('version'))
  await clock.run(60_000)
  await answered(clock, client.sendCommand('version'))
  const heardAt = clock.wallNow()
  server.isUp = false
  await clock.run(60_000)
  server.isUp = true
  await clock.run(60_000)
  expect(gaps.map(({ from }) => from)).toEqual([heardAt - 10_000])
  await client.close()
})
