import { describe, expect, it } from 'vitest'
import { datagramIn, endOf } from './udp-datagram.js'

const IPV4_FROM = [192, 0, 2, 1]
const IPV4_TO = [198, 51, 100, 7]
const IPV6_FROM = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x34]
const IPV6_TO = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]

const word = (value: number) => [value >> 8, value & 0xff]
const udp = (payload: readonly number[], length = payload.length + 8) => [
  ...[50_000, 2_306, length, 0].flatMap(word),
  ...payload,
]

interface Ip {
  readonly protocol?: number
  readonly options?: readonly number[]
  readonly fragment?: number
}

const ipv4 = (payload: readonly number[], { protocol = 17, options = [], fragment = 0 }: Ip = {}) => [
  0x45 + options.length / 4,
  0,
  ...[20 + options.length + payload.length, 0, fragment].flatMap(word),
  64,
  protocol,
  ...word(0),
  ...IPV4_FROM,
  ...IPV4_TO,
  ...options,
  ...payload,
]

const ipv6 = (payload: readonly number[], { protocol = 17 }: Ip = {}) => [
  0x60,
  0,
  0,
  0,
  ...word(payload.length),
  protocol,
  64,
  ...IPV6_FROM,
  ...IPV6_TO,
  ...payload,
]

const ADDRESSES = [0x02, 0, 0, 0, 0, 1, 0x02, 0, 0, 0, 0, 2]
const ethernet = (packet: readonly number[], tags: readonly number[] = []) => [
  ...ADDRESSES,
  ...tags.flatMap((tag) => [...word(tag), 0, 5]),
  ...word(0x0800),
  ...packet,
]

const RAW = 101
const ETHERNET = 1
const read = (bytes: readonly number[], linkType = RAW) =>
  datagramIn({ at: 7, linkType, bytes: Uint8Array.from(bytes) })

const PAYLOAD = [0x42, 0x45, 3]
const OVER_IPV4 = { at: 7, from: '192.0.2.1:50000', to: '198.51.100.7:2306', bytes: Uint8Array.from(PAYLOAD) }
const OVER_IPV6 = {
  ...OVER_IPV4,
  from: '[2001:db8:0:0:0:0:0:1234]:50000',
  to: '[2001:db8:0:0:0:0:0:2]:2306',
}

describe('a datagram in a frame', () => {
  const packet = ipv4(udp(PAYLOAD))

  it.each([
    ['BSD loopback', 0, [2, 0, 0, 0, ...packet]],
    ['Ethernet', ETHERNET, ethernet(packet)],
    ['Ethernet with a VLAN', ETHERNET, ethernet(packet, [0x8100])],
    ['Ethernet with a VLAN in another', ETHERNET, ethernet(packet, [0x88a8, 0x8100])],
    ['raw IP', 12, packet],
    ['raw IP', RAW, packet],
    ['Linux, any interface', 113, [...new Array(16).fill(9), ...packet]],
    ['Linux, any interface, second form', 276, [...new Array(20).fill(9), ...packet]],
  ])('is found behind the header of its link: %s (%i)', (_, linkType, bytes) => {
    expect(read(bytes, linkType)).toEqual(OVER_IPV4)
  })

  it.each([
    ['IPv4', packet, OVER_IPV4],
    ['IPv4 with options', ipv4(udp(PAYLOAD), { options: new Array(8).fill(1) }), OVER_IPV4],
    ['IPv4 that must not be cut', ipv4(udp(PAYLOAD), { fragment: 0x4000 }), OVER_IPV4],
    ['IPv6', ipv6(udp(PAYLOAD)), OVER_IPV6],
    ['a padded frame', [...packet, 0, 0, 0], OVER_IPV4],
    ['no content', ipv4(udp([])), { ...OVER_IPV4, bytes: new Uint8Array(0) }],
    ['no content, IPv6', ipv6(udp([])), { ...OVER_IPV6, bytes: new Uint8Array(0) }],
  ])('has its ends and its bytes: %s', (_, bytes, datagram) => {
    expect(read(bytes)).toEqual(datagram)
  })

  it.each([
    ['an unknown link', packet, 147],
    ['TCP', ipv4(udp(PAYLOAD), { protocol: 6 })],
    ['TCP over IPv6', ipv6(udp(PAYLOAD), { protocol: 6 })],
    ['the first fragment', ipv4(udp(PAYLOAD), { fragment: 0x2000 })],
    ['the last fragment', ipv4(udp(PAYLOAD), { fragment: 0x00b9 })],
    ['another version of IP', [0x55, ...packet.slice(1)]],
    ['a length that is too short', ipv4(udp(PAYLOAD, 7))],
    ['a length that is too long', ipv4(udp(PAYLOAD, 12))],
  ])('is not found in another frame: %s', (_, bytes, linkType = RAW) => {
    expect(read(bytes, linkType)).toBeUndefined()
  })

  it.each([
    ['IPv4', packet, RAW],
    ['IPv4 with options', ipv4(udp(PAYLOAD), { options: new Array(40).fill(1) }), RAW],
    ['IPv6', ipv6(udp(PAYLOAD)), RAW],
    ['two VLANs', ethernet(packet, [0x88a8, 0x8100]), ETHERNET],
  ])('is not found if the frame is cut anywhere: %s', (_, bytes, linkType) => {
    for (let length = 0; length < bytes.length; length++)
      expect(read(bytes.slice(0, length), linkType)).toBeUndefined()
  })

  it('is found where the frame is in a larger piece of memory', () => {
    const bytes = Uint8Array.from([9, 9, 9, ...packet, 9]).subarray(3, -1)
    expect(datagramIn({ at: 7, linkType: RAW, bytes })).toEqual(OVER_IPV4)
  })
})

it.each([
  ['192.0.2.1:2306', '192.0.2.1', '2306'],
  ['[2001:db8::1]:2306', '2001:db8::1', '2306'],
])('the end %s has the address %s and the port %s', (end, address, port) => {
  expect(endOf(end)).toEqual({ address, port })
})
