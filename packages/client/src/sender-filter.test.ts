import { describe, expect, it } from 'vitest'
import { senderFilter } from './sender-filter.js'

describe('a filter of senders', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::ffff:192.0.2.7', '::ffff:c000:207'],
    ['fe80::1', 'fe80::1%eth0'],
    ['fe80::1%2', 'fe80::1%eth0'],
  ])('lets the server %s through when the system calls it %s, each time', (server, address) => {
    const isFromServer = senderFilter(server, 2306)
    expect(isFromServer({ address, port: 2306 })).toBe(true)
    expect(isFromServer({ address, port: 2306 })).toBe(true)
  })

  it.each([
    ['192.0.2.7', '192.0.2.7', 2303],
    ['192.0.2.7', '192.0.2.8', 2306],
    ['2001:db8::1', '2001:db8::2', 2306],
    ['fe80::1%eth0', 'fe80::2%eth0', 2306],
  ])('lets nobody else through to the server %s: %s, port %i', (server, address, port) => {
    const isFromServer = senderFilter(server, 2306)
    expect(isFromServer({ address, port })).toBe(false)
    expect(isFromServer({ address: server, port: 2306 })).toBe(true)
    expect(isFromServer({ address, port })).toBe(false)
  })
})
