import { parentPort } from 'node:worker_threads'
import { openUdpSocket, RconServer } from '@bercon/server'

// Two servers, in a thread of their own: one answers each command with an empty text, as the games do, the other none.
// The first message has their ports; each that comes is answered with the datagrams that came since the one before.

let received = []

async function openSocket(host, port, receiver) {
  const onDatagram = (datagram, from) => {
    received.push(Uint8Array.from(datagram))
    receiver.onDatagram(datagram, from)
  }
  return openUdpSocket(host, port, { ...receiver, onDatagram })
}

async function listen(onCommand) {
  const { port } = await new RconServer({ password: 'hunter2', onCommand, openSocket }).listen()
  return port
}

const answering = await listen(() => '')
const silent = await listen(() => new Promise(() => {}))
parentPort.postMessage({ answering, silent })
// At the end of a turn, because a message may overtake datagrams that wait for the same one.
parentPort.on('message', () =>
  setImmediate(() => {
    parentPort.postMessage(received)
    received = []
  }),
)
