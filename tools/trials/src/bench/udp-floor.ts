import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { encodeClientPacket, encodeText } from '@bercon/protocol'

const SEQUENCES = 256
// On loopback only a full buffer drops datagrams; the floor must not wait for them forever.
const STALL_MS = 500

/** The minimum that any client must do: sends datagrams built in advance, and counts the answers. */
export class UdpFloor {
  readonly #socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  readonly #datagrams: readonly Uint8Array[]

  constructor(text: string) {
    const bytes = encodeText(text)
    this.#datagrams = Array.from({ length: SEQUENCES }, (_, sequence) =>
      encodeClientPacket({ type: 'command', sequence, bytes }),
    )
  }

  async connect(port: number): Promise<void> {
    this.#socket.connect(port, '127.0.0.1')
    await once(this.#socket, 'connect')
    this.#socket.send(encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') }))
    await once(this.#socket, 'message')
  }

  /** Runs `commands` commands, `window` of them in flight. */
  async run(commands: number, window: number): Promise<void> {
    let sent = 0
    let answered = 0
    let seen = 0
    const send = () => this.#socket.send(this.#datagrams[sent++ % SEQUENCES] as Uint8Array)
    await new Promise<void>((resolve) => {
      const onMessage = () => {
        if (++answered < commands) {
          if (sent < commands) send()
          return
        }
        clearInterval(stall)
        this.#socket.off('message', onMessage)
        resolve()
      }
      const stall = setInterval(() => {
        for (let lost = seen === answered ? sent - answered : 0; lost > 0; lost--) send()
        seen = answered
      }, STALL_MS)
      this.#socket.on('message', onMessage)
      while (sent < Math.min(window, commands)) send()
    })
  }

  close(): void {
    this.#socket.close()
  }
}
