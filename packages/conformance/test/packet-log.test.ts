import { encodeClientPacket } from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import { expect, it } from 'vitest'
import { PacketLog } from '../src/packet-log.js'

it('takes no more of a peer that sends without end, and says so', () => {
  const log = new PacketLog(new VirtualClock())
  const datagram = encodeClientPacket({ type: 'acknowledgement', sequence: 0 })
  for (let count = 1; count <= 20_000; count++) expect(log.add('client', datagram)).toBe(true)
  expect(log.flood('client')).toBeUndefined()
  expect(log.add('client', datagram)).toBe(false)
  expect([log.flood('client'), log.flood('server')]).toEqual(['sent more than 20000 datagrams', undefined])
  expect(log.entries.length + log.left).toBe(20_000)
})
