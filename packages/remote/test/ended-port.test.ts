import { MessageChannel } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { messagePortChannel } from '../src/index.js'

it('a channel ends at both ends when Node closes a port, as it does when a thread dies', async () => {
  const { port1, port2 } = new MessageChannel()
  const ends = [messagePortChannel(port1), messagePortChannel(port2)]
  const ended = ends.map((end) => new Promise<Error | undefined>((resolve) => end.onClose(resolve)))
  port1.close()
  expect(await Promise.all(ended)).toEqual([undefined, undefined])
})
