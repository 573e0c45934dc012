import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { encodeClientPacket, encodeText } from '@bercon/protocol'
import { WebSocketServer } from 'ws'
import { reportCpu } from './child-cpu.js'

/** Where the relays of a bench listen. */
export interface BenchedRelay {
  readonly udpPort: number
  readonly webSocketPort: number
}

const SEQUENCES = 256
const BUFFER_BYTES = 4 * 1024 * 1024

/** A socket that is connected to the server of the bench. */
async function toServer(port: number): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES })
  socket.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** Passes on datagrams of one peer, and those of the server, without reading them. */
async function relayDatagrams(serverPort: number): Promise<number> {
  const server = await toServer(serverPort)
  const front = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES })
  front.bind(0, '127.0.0.1')
  await once(front, 'listening')
  let peer = 0
  front.on('message', (datagram, { port }) => {
    peer = port
    server.send(datagram)
  })
  server.on('message', (datagram) => front.send(datagram, peer, '127.0.0.1'))
  return front.address().port
}

/** For every frame sends a datagram built in advance, and for every answer a frame. */
async function relayFrames(serverPort: number, text: string): Promise<number> {
  const server = await toServer(serverPort)
  const bytes = encodeText(text)
  const datagrams = Array.from({ length: SEQUENCES }, (_, sequence) =>
    encodeClientPacket({ type: 'command', sequence, bytes }),
  )
  server.send(encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') }))
  await once(server, 'message')
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await once(sockets, 'listening')
  sockets.on('connection', (socket) => {
    let sent = 0
    socket.on('message', () => server.send(datagrams[sent++ % SEQUENCES] as Uint8Array))
    server.on('message', (datagram) => socket.send(datagram.toString('latin1')))
  })
  const address = sockets.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

// The least that any process between a client and a server must do: receives and sends, and reads nothing.
const [, , port, text = ''] = process.argv
const udpPort = await relayDatagrams(Number(port))
const webSocketPort = await relayFrames(Number(port), text)
process.send?.({ udpPort, webSocketPort } satisfies BenchedRelay)
reportCpu()
process.once('disconnect', () => process.exit())
