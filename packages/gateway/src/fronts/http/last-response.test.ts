import { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { endWith } from './last-response.js'
import { problemResponse } from './problem.js'

/** A socket whose other side reads everything. */
function openSocket() {
  let sent = ''
  const socket = new Duplex({
    allowHalfOpen: true,
    read: () => {},
    write: (chunk, _, done) => {
      sent += chunk
      done()
    },
  })
  return { socket, sent: () => sent }
}

it('closes a socket whose other side does not, once the answer had time to arrive', async () => {
  const { socket, sent } = openSocket()
  const waits: (() => void)[] = []
  await endWith(socket, problemResponse('invalid-argument', 'This is no request'), (callback) => {
    waits.push(callback)
    return () => {}
  })
  await new Promise((resolve) => socket.once('finish', resolve))
  expect(sent()).toMatch(/^HTTP\/1\.1 400 Refused\r\n.*connection: close\r\n\r\n\{.*This is no request/s)
  socket.push('more that nobody reads')
  expect([socket.destroyed, waits.length]).toEqual([false, 1])
  for (const wait of waits) wait()
  expect(socket.destroyed).toBe(true)
})

it('leaves no timer when the other side has closed it', async () => {
  const { socket } = openSocket()
  let calledOff = 0
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await endWith(socket, problemResponse('invalid-argument', ''), () => () => {
    calledOff++
  })
  socket.push('unread')
  socket.push(null)
  await closed
  expect(calledOff).toBe(1)
})
