import { BlockList, isIP } from 'node:net'

/** Where a datagram came from, as the system says. */
export interface Sender {
  readonly address: string
  readonly port: number
}

/** Tells whether a datagram came from this address and port, however the address is written. */
export function senderFilter(address: string, port: number): (sender: Sender) => boolean {
  const version = isIP(address)
  // A name is the system's affair: only the port can be compared.
  if (version === 0) return (sender) => sender.port === port
  const family = version === 6 ? 'ipv6' : 'ipv4'
  const accepted = new BlockList()
  accepted.addAddress(withoutZone(address), family)
  // A look into the list costs more than reading the datagram, and all of a server's are written alike.
  let known = address
  return (sender) => {
    if (sender.port !== port) return false
    if (sender.address === known) return true
    if (!accepted.check(withoutZone(sender.address), family)) return false
    known = sender.address
    return true
  }
}

// Which interface a link-local address belongs to; not every runtime knows of it.
function withoutZone(address: string): string {
  return address.replace(/%.*/, '')
}
