import type { DescribedPacket } from '@bercon/core/capture'
import type { Reading } from './reading.js'
import { contentOf, directionOf, kindOf } from './words.js'

const HEADINGS: readonly string[] = ['#', 'Time', 'Direction', 'Packet', 'Sequence', 'Content']

/** A table of datagrams. All of it is text: what others have written never becomes markup. */
export function packetTable(readings: readonly Reading[]): HTMLTableElement {
  const table = document.createElement('table')
  table.className = readings.some(({ way }) => way !== undefined) ? 'timed' : 'timeless'
  const heads = table.createTHead().insertRow()
  for (const heading of HEADINGS) heads.append(element('th', heading))
  const body = table.createTBody()
  for (const [index, { packets, way }] of readings.entries()) {
    const [packet] = packets
    if (packet !== undefined) fillRow(body.insertRow(), index + 1, packet, packets, way)
  }
  return table
}

function fillRow(
  row: HTMLTableRowElement,
  number: number,
  packet: DescribedPacket,
  packets: Reading['packets'],
  way: Reading['way'],
): void {
  row.className = packets.length === 1 ? `${packet.side} ${packet.type}` : packet.type
  row.insertCell().textContent = String(number)
  row.insertCell().textContent = way === undefined ? '' : clockTime(way.at)
  const direction = row.insertCell()
  direction.append(directionOf(packets))
  if (way !== undefined) direction.append(element('small', `${way.from} → ${way.to}`))
  row.insertCell().append(element('span', kindOf(packets)))
  row.insertCell().textContent = packet.sequence === undefined ? '' : String(packet.sequence)
  row.insertCell().append(element('code', contentOf(packet)))
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

/** The time of day, in UTC. */
function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 23)
}
