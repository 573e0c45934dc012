// @ts-nocheck
import { expect, it } from 'vitest'
import { Slab } from './udp-transport.js'

it('copies anything that fits a datagram, and never overwrites a copy', () => {
  const slab = new Slab()
  const datagrams = [0, 1, 49, 1_400, 65_507].flatMap((length) =>
    Array.from({ length: 60 }, (_, fill) => new Uint8Array(length).fill(fill)),
  )
  const copies = datagrams.map((datagram) => slab.copy(datagram))
  // Compared as bytes: an assertion over four million numbers, one by one, takes seconds.
  expect(copies.map((copy, index) => Buffer.compare(copy, datagrams[index] ?? copy))).toEqual(
    copies.map(() => 0),
  )
  expect(copies.some((copy, index) => copy.length > 0 && copy.buffer === datagrams[index]?.buffer)).toBe(
    false,
  )
})
