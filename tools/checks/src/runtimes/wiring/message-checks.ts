import { deepEqual, equal } from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { encodeServerPacket, encodeText } from '@bercon/protocol'
import type { Check } from './flavors.js'

/** Which messages arrive, and from whom. */
export const MESSAGE_CHECKS: readonly Check[] = [
  {
    name: 'hears each message once, and acknowledges it',
    run: async (scene) => {
      const client = await scene.connected()
      const messages = scene.record(client, 'message')
      for (const line of ['one', 'two', 'two']) await scene.server.emit(line)
      await scene.until(client, async () => (await scene.acknowledged()).includes(3))
      await scene.until(client, () => messages.length >= 3)
      deepEqual(
        messages.map(({ text, number }) => [number, text]),
        [
          [1, 'one'],
          [2, 'two'],
          [3, 'two'],
        ],
      )
    },
  },
  {
    name: 'hears nobody but its server',
    run: async (scene) => {
      const client = await scene.connected()
      const messages = scene.record(client, 'message')
      const [admin] = await scene.server.admins()
      await sendFromElsewhere(admin?.port ?? 0, 'from a stranger')
      await scene.server.emit('from the server')
      await scene.until(client, () => messages.length > 0)
      deepEqual(
        messages.map(({ text }) => text),
        ['from the server'],
      )
    },
  },
  {
    // Some runtimes report a closed port as an error, at a datagram for another peer.
    name: 'loses nothing by an admin who is gone',
    run: async (scene) => {
      const gone = await scene.connected()
      const client = await scene.connected()
      const messages = scene.record(client, 'message')
      await scene.flavor.close(gone)
      for (let round = 1; round <= 10; round++) {
        await scene.server.emit(`line ${round}`)
        // Neither the line nor the reply may need a second sending.
        await scene.done(() => client.sendCommand(`#monitor ${round}`, { timeoutMs: 30_000 }))
        equal(messages.length, round)
      }
    },
  },
]

/** Sends a message like the server's, but from another socket. */
async function sendFromElsewhere(port: number, text: string): Promise<void> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const packet = encodeServerPacket({ type: 'message', sequence: 1, bytes: encodeText(text) })
  await new Promise((resolve) => socket.send(packet, port, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => socket.close(resolve))
}
