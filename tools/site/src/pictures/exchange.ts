import {
  type ClientPacket,
  ClientSession,
  type ClientSessionEvent,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeText,
  type MalformedPacket,
  type ServerPacket,
  ServerSession,
  type ServerSessionEvent,
} from '@bercon/protocol'
import { Link } from '@bercon/protocol/link'
import type { Step } from './sequence-diagram.js'

export const EXCHANGE: readonly string[] = ['your code', 'ClientSession', 'ServerSession', 'the game']

const DELAY_MS = 20
const PASSWORD = encodeText('hunter2')
const END_MS = 40_000

/**
 * A login, a command whose response is lost, a message whose acknowledgment is lost, and a keep-alive, recorded while
 * two real sessions exchanged datagrams over a link that loses exactly these.
 */
export function exchange(): readonly Step[] {
  const steps: Step[] = []
  const client = new ClientSession()
  const server = new ServerSession(PASSWORD)
  const [toServer, toClient] = [newLink(), newLink()]
  // These packets are lost the first time.
  const toLose = new Set(['response', 'acknowledgement'])
  let now = 0

  const record = (from: string, to: string, label: string, isLost = false) =>
    steps.push({ from, to, label, at: now, isLost })
  const carry = (link: Link, datagram: Uint8Array, packet: Packet, from: string, to: string) => {
    const isLost = toLose.delete(packet.type)
    record(from, to, words(packet), isLost)
    if (!isLost) link.send(datagram, now)
  }
  // Datagrams first, like every driver of sessions (W12).
  const carryAll = () => {
    for (const datagram of client.takeDatagrams())
      carry(toServer, datagram, decodeClientPacket(datagram), 'ClientSession', 'ServerSession')
    for (const datagram of server.takeDatagrams())
      carry(toClient, datagram, decodeServerPacket(datagram), 'ServerSession', 'ClientSession')
  }
  const tellClient = (event: ClientSessionEvent) => {
    // Replies to keep-alives belong to no caller.
    if (event.type === 'reply' && event.id === 0) return
    record('ClientSession', 'your code', event.type)
    if (event.type === 'logged-in') {
      record('your code', 'ClientSession', "sendCommand('players')")
      client.sendCommand(encodeText('players'), { resend: true }, now)
    }
    if (event.type !== 'reply') return
    record('the game', 'ServerSession', 'sendMessage()')
    server.sendMessage(encodeText('(Side) Ann: hello'), now)
  }
  const tellServer = (event: ServerSessionEvent) => {
    if (event.type === 'login') record('ServerSession', 'the game', event.type)
    if (event.type !== 'command') return
    if (event.bytes.length > 0) {
      record('ServerSession', 'the game', event.type)
      record('the game', 'ServerSession', 'reply()')
    }
    server.reply(event.id, event.bytes)
  }

  record('your code', 'ClientSession', 'login()')
  client.login(PASSWORD, now)
  while (now < END_MS) {
    carryAll()
    client.takeEvents().forEach(tellClient)
    server.takeEvents().forEach(tellServer)
    carryAll()
    now = Math.min(
      END_MS,
      ...[client, server, toServer, toClient].map((part) => part.nextTimeout() ?? END_MS),
    )
    for (const datagram of toServer.takeArrived(now)) server.receive(datagram, now)
    for (const datagram of toClient.takeArrived(now)) client.receive(datagram, now)
    client.handleTimeout(now)
    server.handleTimeout(now)
  }
  return steps
}

type Packet = ClientPacket | ServerPacket | MalformedPacket

function newLink(): Link {
  return new Link({ minDelayMs: DELAY_MS, maxDelayMs: DELAY_MS })
}

function words(packet: Packet): string {
  switch (packet.type) {
    case 'login':
      return 'accepted' in packet ? `login ${packet.accepted ? 'accepted' : 'refused'}` : 'login'
    case 'command':
      return packet.bytes.length === 0
        ? `keep-alive ${packet.sequence}`
        : `command ${packet.sequence} ${decodeText(packet.bytes)}`
    case 'malformed':
      return packet.type
    default:
      return `${packet.type} ${packet.sequence}`
  }
}
