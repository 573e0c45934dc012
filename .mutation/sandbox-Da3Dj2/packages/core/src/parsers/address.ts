// @ts-nocheck
import { wholeNumber } from './whole-number.js'

/** An IP address and a port. */
export interface Address {
  readonly ip: string
  readonly port: number
}

const MAX_PORT = 65_535
// The longest IPv6 address ends in an IPv4 one; brackets, a colon and a port can surround it.
const MAX_IP_LENGTH = 45
const MAX_ADDRESS_LENGTH = MAX_IP_LENGTH + 8

/** Parses `IP:PORT`. Splits at the last colon, so it accepts IPv6 with and without brackets. */
export function parseAddress(text: string): Address | undefined {
  if (text.length > MAX_ADDRESS_LENGTH) return undefined
  const colon = text.lastIndexOf(':')
  if (colon === -1) return undefined
  const port = wholeNumber(text.slice(colon + 1), MAX_PORT)
  const host = text.slice(0, colon)
  const ip = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  return port !== undefined && isIpAddress(ip) ? { ip, port } : undefined
}

/** Whether the text is an IPv4 or IPv6 address, without a port, brackets or a zone. */
export function isIpAddress(text: string): boolean {
  return text.length <= MAX_IP_LENGTH && (isIpv4Address(text) || isIpv6Address(text))
}

const IPV4 = /* @__PURE__ */ ipv4Pattern()

function ipv4Pattern(): RegExp {
  const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
  return new RegExp(`^${octet}(?:\\.${octet}){3}$`)
}

function isIpv4Address(text: string): boolean {
  return IPV4.test(text)
}

const HEXTET = /^[0-9a-fA-F]{1,4}$/
const HEXTETS = 8

function isIpv6Address(text: string): boolean {
  const [left, right, ...more] = text.split('::')
  if (left === undefined || more.length > 0) return false
  const last = right ?? left
  // An IPv4 address at the end replaces two groups (RFC 4291 §2.2).
  const tail = last.slice(last.lastIndexOf(':') + 1)
  const dotted = tail.includes('.')
  if (dotted && !isIpv4Address(tail)) return false
  const groups = [...groupsOf(left), ...groupsOf(right ?? '')]
  const hextets = dotted ? groups.slice(0, -1) : groups
  if (!hextets.every((group) => HEXTET.test(group))) return false
  const length = hextets.length + (dotted ? 2 : 0)
  return right === undefined ? length === HEXTETS : length < HEXTETS
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':')
}
