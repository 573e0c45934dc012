import { BlockList, isIP } from 'node:net'

/** The sender of a datagram, as the system reports it. */
export interface Sender {
  readonly address: string
  readonly port: number
}

/** Returns whether a datagram came from this address and port, however the address is written. */
export function senderFilter(address: string, port: number): (sender: Sender) => boolean {
  const version = isIP(address)
  // The system resolves a name, so only the port can be compared.
  if (version === 0) return (sender) => sender.port === port
  const family = version === 6 ? 'ipv6' : 'ipv4'
  const accepted = new BlockList()
  accepted.addAddress(withoutZone(address), family)
  // Parsing the address costs more than reading the datagram, and a server's address is always written alike.
  let known = address
  return (sender) => {
    if (sender.port !== port) return false
    if (sender.address === known) return true
    if (!accepted.check(withoutZone(sender.address), family)) return false
    known = sender.address
    return true
  }
}

// The interface of a link-local address; not every runtime reports it.
function withoutZone(address: string): string {
  return address.replace(/%.*/, '')
}
