import { once } from 'node:events'
import { WebSocket } from 'ws'

/** The minimum that a client over a WebSocket must do: sends frames, and counts those that come back. */
export class FrameFloor {
  readonly #socket: WebSocket
  readonly #text: string

  constructor(port: number, text: string) {
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
    this.#text = text
  }

  async open(): Promise<void> {
    await once(this.#socket, 'open')
  }

  /** Runs `commands` commands, `window` of them in flight. */
  async run(commands: number, window: number): Promise<void> {
    let sent = 0
    let answered = 0
    const send = () => {
      sent++
      this.#socket.send(this.#text)
    }
    await new Promise<void>((resolve) => {
      const onMessage = () => {
        if (++answered < commands) {
          if (sent < commands) send()
          return
        }
        this.#socket.off('message', onMessage)
        resolve()
      }
      this.#socket.on('message', onMessage)
      while (sent < Math.min(window, commands)) send()
    })
  }

  close(): void {
    this.#socket.close()
  }
}
