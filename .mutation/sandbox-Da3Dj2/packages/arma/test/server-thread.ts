// @ts-nocheck
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** A thread with two servers in it, so that a client that blocks its own does not wait for itself. */
export interface ServerThread {
  /** Of the server that answers each command with an empty text, and of the one that answers none. */
  readonly ports: { readonly answering: number; readonly silent: number }
  /** The commands that came since the last call, keep-alives left out: their bytes as characters, in order. */
  takeCommands(): Promise<readonly string[]>
  end(): Promise<unknown>
}

export async function startServerThread(): Promise<ServerThread> {
  const worker = new Worker(new URL('./server-thread.mjs', import.meta.url))
  const [ports] = (await once(worker, 'message')) as [ServerThread['ports']]
  const takeCommands = async () => {
    worker.postMessage('take')
    const [datagrams] = (await once(worker, 'message')) as [readonly Uint8Array[]]
    return datagrams.filter(isCommand).map((datagram) => Buffer.from(datagram.subarray(9)).toString('latin1'))
  }
  return { ports, takeCommands, end: () => worker.terminate() }
}

// Behind `BE` and the CRC: 0xFF, the packet's type, its sequence, the text (P3, P5).
function isCommand(datagram: Uint8Array): boolean {
  return datagram[6] === 0xff && datagram[7] === 1 && datagram.length > 9
}
