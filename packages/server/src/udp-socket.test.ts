import { afterEach, expect, it } from 'vitest'
import type { DatagramSocket } from './datagram-socket.js'
import { openUdpSocket } from './udp-socket.js'

const open: DatagramSocket[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((socket) => socket.close()))
})

// More than UDP carries, so that every attempt to send it is told as an error.
const TOO_LONG = new Uint8Array(65_600)

async function openCounting() {
  const errors: Error[] = []
  let wake = () => {}
  const socket = await openUdpSocket('localhost', 0, {
    onDatagram: () => {},
    onError: (error) => {
      errors.push(error)
      wake()
    },
  })
  open.push(socket)
  const until = async (count: number) => {
    while (errors.length < count)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  return { socket, errors, until }
}

it('tells of a datagram that cannot be sent', async () => {
  const { socket, errors, until } = await openCounting()
  socket.send(TOO_LONG, socket.address)
  await until(1)
  expect(errors).toMatchObject([{ code: 'EMSGSIZE' }])
})

it('drops what it could only queue once 64 MiB wait to be sent, and goes on after', async () => {
  const { socket, errors, until } = await openCounting()
  const most = Math.floor((64 * 1024 * 1024) / TOO_LONG.length)
  for (let count = 0; count < most + 100; count++) socket.send(TOO_LONG, socket.address)
  await until(most)
  socket.send(TOO_LONG, socket.address)
  await until(most + 1)
  expect(errors).toHaveLength(most + 1)
})

it('binds to a host name', async () => {
  const { socket } = await openCounting()
  expect(['127.0.0.1', '::1']).toContain(socket.address.address)
})
