import { expect, it } from 'vitest'
import { isIpAddress } from '../parsers/address.js'
import { type MemoryPeer, type MemorySocket, MemoryTransport, VirtualClock } from './index.js'

/** A transport with one host that echoes, and what both ends receive. */
function newTransport() {
  const clock = new VirtualClock()
  const ends: MemorySocket[] = []
  const closed: MemorySocket[] = []
  const echo: MemoryPeer = {
    onDatagram: (datagram, from) => {
      ends.push(from)
      from.deliver(datagram)
    },
    onClose: (from) => closed.push(from),
  }
  const transport = new MemoryTransport(clock, new Map([['192.0.2.9', echo]]))
  const received: number[] = []
  const open = (address: string) =>
    transport.open(address, 2306, {
      onDatagram: ([first = -1]) => received.push(first),
      onError: (error) => expect.unreachable(String(error)),
    })
  return { clock, transport, open, ends, closed, received }
}

const datagram = (first: number) => Uint8Array.of(first)

it('a datagram and its answer arrive in later turns, at the socket that sent it', async () => {
  const { clock, open, ends, received } = newTransport()
  const [one, other] = [await open('192.0.2.9'), await open('192.0.2.9')]
  one.send(datagram(1))
  other.send(datagram(2))
  expect(ends).toEqual([])
  clock.advance(0)
  expect(received).toEqual([1, 2])
  const [first, second] = ends
  expect(first?.port).not.toBe(second?.port)
  expect(isIpAddress(first?.address ?? '')).toBe(true)
})

it('a socket that is closed sends and receives nothing, and is closed once', async () => {
  const { clock, transport, open, ends, closed, received } = newTransport()
  const socket = await open('192.0.2.9')
  socket.send(datagram(1))
  clock.advance(0)
  expect([received, transport.sockets]).toEqual([[1], 1])
  socket.close()
  socket.close()
  socket.send(datagram(2))
  ends[0]?.deliver(datagram(3))
  clock.advance(0)
  expect([received, ends.length, closed.length, transport.sockets]).toEqual([[1], 1, 1, 0])
})

it('datagrams to a host that does not exist are lost', async () => {
  const { clock, open, received } = newTransport()
  const socket = await open('192.0.2.66')
  socket.send(datagram(1))
  expect(() => clock.advance(0)).not.toThrow()
  expect(() => socket.close()).not.toThrow()
  expect(received).toEqual([])
})
