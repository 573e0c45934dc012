// @ts-nocheck
import type { BlockList } from 'node:net'
import { isIpAddress } from '@bercon/core'

/** The sender of a datagram, as the system reports it. */
export interface Sender {
  readonly address: string
  readonly port: number
}

/** Returns whether a datagram came from this address and port, however the address is written. */
export function senderFilter(address: string, port: number): (sender: Sender) => boolean {
  const version = ipVersion(address)
  // The system resolves a name, so only the port can be compared.
  if (version === 0) return (sender) => sender.port === port
  const family = version === 6 ? 'ipv6' : 'ipv4'
  let accepted: BlockList | undefined
  // Parsing the address costs more than reading the datagram, and a server's address is always written alike.
  let known = address
  return (sender) => {
    if (sender.port !== port) return false
    if (sender.address === known) return true
    accepted ??= listOf(withoutZone(address), family)
    if (!accepted.check(withoutZone(sender.address), family)) return false
    known = sender.address
    return true
  }
}

// `node:net` takes 3 ms to load, and a list is needed only when the system spells the server's address differently.
function listOf(address: string, family: 'ipv4' | 'ipv6'): BlockList {
  const { BlockList } = process.getBuiltinModule('node:net')
  const list = new BlockList()
  list.addAddress(address, family)
  return list
}

/** Returns the IP version of an address, with or without a zone; 0 for any other text. */
export function ipVersion(text: string): 0 | 4 | 6 {
  const version = text.includes(':') ? 6 : 4
  return isIpAddress(version === 6 ? withoutZone(text) : text) ? version : 0
}

// The interface of a link-local address; not every runtime reports it.
function withoutZone(address: string): string {
  return address.replace(/%[\w.:-]+$/, '')
}
