import { crc32, encodeClientPacket, encodeText } from '@bercon/protocol'
import { MemoryNetwork } from '@bercon/server'
import type { Random } from '@bercon/server/kit'
import { BattleyeFront } from '../../src/fronts/battleye/battleye-front.js'
import { type FuzzResult, FuzzScene, isOwnFault, oneOf, spoiled, TOKEN } from './fuzz-scene.js'
import { hostileText } from './hostile-text.js'

const PORTS = 40
const TURN = 50
const LOGIN = encodeClientPacket({ type: 'login', bytes: encodeText(TOKEN) })
// Where a datagram's checked part begins (P2).
const CHECKED_FROM = 6

/** Datagrams to the BattlEye front: raw and with a valid checksum, from strangers and from peers that are logged in. */
export async function fuzzBattleye(random: Random, inputs: number): Promise<FuzzResult> {
  const scene = new FuzzScene(random)
  const network = new MemoryNetwork((datagram) => scene.count(`type ${datagram[7]}`))
  const front = new BattleyeFront('altis', scene.parts, { openSocket: network.openSocket })
  await front.listen('192.0.2.10', 2_306)
  for (let port = 1; port <= PORTS; port++) network.deliver(LOGIN, { address: '192.0.2.1', port })
  for (let input = 0; input < inputs; input++) {
    const isStranger = random() < 0.2
    const from = isStranger
      ? { address: `198.51.100.${Math.floor(random() * 250)}`, port: 1 + Math.floor(random() * 9) }
      : { address: '192.0.2.1', port: 1 + Math.floor(random() * PORTS) }
    network.deliver(isStranger ? strangeDatagram(random) : datagramOfPeer(random), from)
    if (random() < 0.01) {
      scene.tellAnything()
      front.hear({ text: oneOf(random, ['(Side) Rook: hi', 'x'.repeat(2_000)]) })
    }
    if (input % TURN === 0) await scene.clock.run(random() * 100)
  }
  // Peers that say nothing are forgotten, and what they had is gone.
  await scene.clock.run(120_000)
  await front.close()
  scene.parts.history.stop()
  const { errors, ...rest } = scene.result(inputs)
  return { ...rest, errors: errors.filter(isOwnFault) }
}

/** As peers have a right token, none of their wrong ones locks their address out. */
function datagramOfPeer(random: Random): Uint8Array {
  const chance = random()
  if (chance < 0.02) return LOGIN
  const sequence = Math.floor(random() * 256)
  if (chance < 0.3) return checked(random, encodeClientPacket({ type: 'acknowledgement', sequence }))
  const text = random() < 0.1 ? '' : hostileText(random).slice(0, 1_300)
  const datagram = encodeClientPacket({
    type: 'command',
    sequence,
    bytes: Uint8Array.from(Buffer.from(text)),
  })
  return chance < 0.6 ? datagram : checked(random, datagram)
}

function strangeDatagram(random: Random): Uint8Array {
  const token = oneOf(random, ['wrong', '', TOKEN, 'x'.repeat(1_300)])
  return checked(random, encodeClientPacket({ type: 'login', bytes: encodeText(token) }))
}

/** Spoiled, mostly with a valid checksum, so that it passes the frame. */
function checked(random: Random, good: Uint8Array): Uint8Array {
  const datagram = spoiled(random, good)
  if (random() < 0.2 || datagram.length <= CHECKED_FROM) return datagram
  datagram[0] = 0x42
  datagram[1] = 0x45
  datagram[CHECKED_FROM] = 0xff
  const sum = crc32(datagram.subarray(CHECKED_FROM))
  for (let index = 0; index < 4; index++) datagram[2 + index] = sum >>> (8 * index)
  return datagram
}
