// @ts-nocheck
import { encodeClientPacket, encodeText } from '@bercon/protocol'
import { judge, right, wrong } from '../case.js'
import { framed } from '../framed.js'
import { QUIET_MS } from './server-probe.js'
import type { ServerCase, ServerWorld } from './server-world.js'

/** P1 to P3: what is no packet. */
export const FRAME_CASES: readonly ServerCase[] = [
  {
    id: 'frame',
    rule: 'P1',
    level: 'must',
    title: 'Datagrams are framed',
    right: 'sends only datagrams with "BE", the CRC-32 of the rest, FF and a known packet',
    async run(world) {
      const probe = await world.loggedIn()
      await probe.ask(0, '')
      await probe.ask(1, 'players')
      await world.sleep(QUIET_MS)
      const bad = probe.received.flatMap(({ packet }) =>
        packet.type === 'malformed' ? [packet.problem] : [],
      )
      const count = probe.received.length
      return judge(
        bad.length === 0,
        `sent ${count} datagrams, all packets`,
        `sent ${bad.length} of ${count} that are none: ${bad[0]}`,
      )
    },
  },
  brokenLogin('bad-checksum', 'A wrong checksum is ignored', (datagram) => flipped(datagram, 3)),
  brokenLogin('bad-magic', 'A datagram without "BE" is ignored', (datagram) => flipped(datagram, 0)),
  brokenLogin('bad-marker', 'A datagram without FF is ignored', (datagram) => flipped(datagram, 6)),
  {
    id: 'hostile-datagrams',
    rule: 'P2',
    level: 'must',
    title: 'Short and random datagrams do no harm',
    right: 'ignores them and lets a client in afterward',
    async run(world) {
      await world.loggedIn()
      const probe = await world.open()
      const login = loginDatagram(world)
      for (let length = 0; length < 10; length++) probe.send(login.slice(0, length))
      for (const length of [10, 100, 1_400])
        probe.send(Uint8Array.from({ length }, (_, at) => (at * 167 + length) & 0xff))
      await world.sleep(QUIET_MS)
      probe.forget()
      const answer = await probe.login(world.server.password)
      return judge(answer === 'accepted', 'let the client in', `${answer} to the login after them`)
    },
  },
  {
    id: 'unknown-type',
    rule: 'P3',
    level: 'should',
    title: 'An unknown packet type is ignored',
    right: 'does not answer a packet of type 3 and keeps the login',
    async run(world) {
      const probe = await world.loggedIn()
      const before = probe.received.filter(({ packet }) => packet.type !== 'message').length
      // A command's datagram says the same with type 1; its checksum is made for the type that it carries.
      probe.send(
        withType(encodeClientPacket({ type: 'command', sequence: 0, bytes: encodeText('players') }), 3),
      )
      await world.sleep(QUIET_MS)
      const after = probe.received.filter(({ packet }) => packet.type !== 'message').length
      if (after > before) return wrong('answered it')
      const alive = await probe.ask(0, '')
      return judge(alive !== undefined, 'ignored it', 'lost the login after it')
    },
  },
  {
    id: 'source-address',
    rule: 'P2',
    level: 'must',
    title: 'Answers come from the address that was asked',
    right: 'sends from the address and port that the client sends to',
    async run(world) {
      const probe = await world.loggedIn()
      const { address, port } = world.server.endpoint
      const other = probe.received.find(({ from }) => from.port !== port || from.address !== address)
      if (other === undefined) return right('sent everything from there')
      return wrong(`sent from ${other.from.address} port ${other.from.port}`)
    },
  },
]

function brokenLogin(id: string, title: string, damage: (datagram: Uint8Array) => Uint8Array): ServerCase {
  return {
    id,
    rule: 'P1',
    level: 'must',
    title,
    right: 'does not answer a login that is damaged there',
    async run(world) {
      const probe = await world.open()
      probe.send(damage(loginDatagram(world)))
      const answer = await probe.next(() => true, QUIET_MS)
      return judge(answer === undefined, 'did not answer', `answered with ${answer?.type}`)
    },
  }
}

function loginDatagram(world: ServerWorld): Uint8Array {
  return encodeClientPacket({ type: 'login', bytes: encodeText(world.server.password) })
}

function flipped(datagram: Uint8Array, at: number): Uint8Array {
  return datagram.map((byte, index) => (index === at ? byte ^ 0x01 : byte))
}

/** The same payload with another type, framed anew. */
function withType(datagram: Uint8Array, type: number): Uint8Array {
  return framed(Uint8Array.of(type, ...datagram.subarray(8)))
}
