import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that the system hands out: one of those may be somebody else's before it is used.
const FIRST = 20_000
const COUNT = 10_000

/** A port of the loopback for a process that a test starts and starts again. Processes begin to look at different ones. */
export async function freePort(): Promise<number> {
  for (let port = FIRST + (process.pid % COUNT); ; port++) {
    const server = createServer()
    const isFree = await Promise.race([
      once(server.listen(port, '127.0.0.1'), 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]).catch(() => false)
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}
