// @ts-nocheck
// A user with one address of a /64 has all of them (RFC 6177).
const PREFIX_GROUPS = 4
const GROUPS = 8

/** The part of an address that identifies a user: the whole of IPv4, the upper half of IPv6. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [before = '', after] = address.split('::')
  const left = groups(before)
  const right = groups(after ?? '')
  const zeros: string[] = Array(Math.max(0, GROUPS - left.length - right.length)).fill('0')
  return `${[...left, ...zeros, ...right].slice(0, PREFIX_GROUPS).join(':')}::/64`
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':')
}
