import { createSocket, type Socket } from 'node:dgram'
import { decodeServerPacket, encodeClientPacket, encodeText } from '@bercon/protocol'

/** What a process of peers says. */
export type PeersMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'counts'; readonly counts: PeerCounts }

/** What peers have received, all together. */
export interface PeerCounts {
  readonly received: number
  /** Messages that came again. */
  readonly repeated: number
  /** Of the peer that has received the fewest. */
  readonly fewest: number
}

const KEEP_ALIVE_MS = 20_000
const LOGIN_AGAIN_MS = 1_000
// Whatever the size of the messages: it is what a peer on a machine of its own has to itself.
const BUFFER_BYTES = 1_048_576
const ACKNOWLEDGEMENTS = Array.from({ length: 256 }, (_, sequence) =>
  encodeClientPacket({ type: 'acknowledgement', sequence }),
)

/**
 * Many BattlEye peers in a process of their own, in hand-written datagrams: they log in, acknowledge every message at once,
 * and do nothing else, so that they keep up on a busy machine, too.
 */
const [port = 0, count = 0] = process.argv.slice(2, 4).map(Number)
const login = encodeClientPacket({ type: 'login', bytes: encodeText(process.argv[4] ?? '') })
const heard: Set<string>[] = []
const sockets: Socket[] = []
let repeated = 0

for (let number = 0; number < count; number++) sockets.push(await peer())
say({ type: 'ready' })
const keepAlive = setInterval(() => {
  for (const socket of sockets)
    socket.send(encodeClientPacket({ type: 'command', sequence: 0, bytes: new Uint8Array(0) }))
}, KEEP_ALIVE_MS)
process.on('message', () => {
  const sizes = heard.map(({ size }) => size)
  const received = sizes.reduce((sum, size) => sum + size, 0)
  say({ type: 'counts', counts: { received, repeated, fewest: Math.min(...sizes) } })
})
process.once('disconnect', () => {
  clearInterval(keepAlive)
  for (const socket of sockets) socket.close()
})

/** A peer that is logged in. */
function peer(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES })
  const texts = new Set<string>()
  heard.push(texts)
  return new Promise((resolve) => {
    const tryLogin = () => socket.send(login)
    const again = setInterval(tryLogin, LOGIN_AGAIN_MS)
    socket.on('message', (datagram) => {
      const packet = decodeServerPacket(datagram)
      if (packet.type === 'login' && packet.accepted) {
        clearInterval(again)
        resolve(socket)
      }
      if (packet.type !== 'message') return
      socket.send(ACKNOWLEDGEMENTS[packet.sequence] ?? login)
      const text = Buffer.from(packet.bytes).toString()
      if (!text.startsWith('(Side)')) return
      if (texts.has(text)) repeated++
      texts.add(text)
    })
    socket.connect(port, '127.0.0.1', tryLogin)
  })
}

function say(message: PeersMessage): void {
  process.send?.(message)
}
