import { AsyncRconClient } from '@bercon/client'
import { encodeText } from '@bercon/core/kit'
import { MemoryTransport } from '@bercon/core/testing'
import { decodeClientPacket, encodeServerPacket } from '@bercon/protocol'
import { RxRconClient, systemClock } from '@bercon/rx'
import { firstValueFrom, switchMap, take } from 'rxjs'
import { expect, it } from 'vitest'

// Runs in Node with the other tests, and in Chromium with `pnpm test:runtimes chromium`.
const HOST = '192.0.2.1'
const LINE = 'Player #3 Ann (192.0.2.7:2304) connected'

/** A server in this process: it echoes commands, and announces a connecting player on request. */
function options() {
  const server: ConstructorParameters<typeof MemoryTransport>[1] = new Map([
    [
      HOST,
      {
        onDatagram(datagram: Uint8Array, from: { deliver(bytes: Uint8Array): void }) {
          const packet = decodeClientPacket(datagram)
          if (packet.type === 'login') from.deliver(encodeServerPacket({ type: 'login', accepted: true }))
          if (packet.type !== 'command') return
          const { sequence, bytes } = packet
          from.deliver(encodeServerPacket({ type: 'response', sequence, bytes }))
          from.deliver(encodeServerPacket({ type: 'message', sequence: 0, bytes: encodeText(LINE) }))
        },
      },
    ],
  ])
  return { transport: new MemoryTransport(systemClock, server), playersIntervalMs: 0 }
}

it('the promise client works over a transport in memory', async () => {
  const client = new AsyncRconClient(options())
  const connected = client.waitFor('playerConnect')
  await client.connect(HOST, 2306, 'hunter2')
  expect(await client.sendCommand('echo')).toBe('echo')
  expect(await connected).toMatchObject({ name: 'Ann' })
  await client.close()
  expect(client.state).toBe('closed')
})

it('the observable client works over a transport in memory', async () => {
  const session$ = new RxRconClient(options()).connect(HOST, 2306, 'hunter2')
  const reply$ = session$.pipe(
    switchMap((client) => client.sendCommand('echo')),
    take(1),
  )
  expect(await firstValueFrom(reply$)).toBe('echo')
})
