// A tool that reads nothing for a while, by BattlEye: what it costs meanwhile, and what it has when it reads again.
import { decodeServerPacket, decodeText, encodeClientPacket, encodeText } from '@bercon/protocol'
import { MemoryNetwork } from '@bercon/server'
import { createRandom } from '@bercon/server/kit'
import { expect, it, onTestFinished } from 'vitest'
import { BattleyeFront } from '../src/fronts/battleye/battleye-front.js'
import { FuzzScene, TOKEN } from './fuzz/fuzz-scene.js'

const FROM = { address: '192.0.2.1', port: 1_024 }
const LOGIN = encodeClientPacket({ type: 'login', bytes: encodeText(TOKEN) })
const KEEP_ALIVE = encodeClientPacket({ type: 'command', sequence: 0, bytes: new Uint8Array() })
// What a socket's buffer holds of datagrams that nobody reads.
const BUFFERED = 40
const EVERY_MS = 50

async function scene() {
  const { clock, parts } = new FuzzScene(createRandom(17))
  const peer = { reads: true, datagrams: 0 }
  const unread: Uint8Array[] = []
  const lines: string[] = []
  const read = (datagram: Uint8Array) => {
    const packet = decodeServerPacket(datagram)
    if (packet.type !== 'message') return
    const line = decodeText(packet.bytes)
    if (line.startsWith('line') && !lines.includes(line)) lines.push(line)
    const acknowledgement = encodeClientPacket({ type: 'acknowledgement', sequence: packet.sequence })
    queueMicrotask(() => network.deliver(acknowledgement, FROM))
  }
  const network = new MemoryNetwork((datagram) => {
    peer.datagrams++
    if (peer.reads) read(datagram)
    else if (unread.length < BUFFERED) unread.push(datagram)
  })
  const front = new BattleyeFront('altis', parts, { openSocket: network.openSocket })
  await front.listen('192.0.2.10', 2_306)
  onTestFinished(async () => {
    await front.close()
    parts.history.stop()
  })
  network.deliver(LOGIN, FROM)
  let said = 0
  const say = async (ms: number) => {
    for (let at = 0; at < ms; at += EVERY_MS) {
      front.hear({ text: `line ${said++}` })
      await clock.run(EVERY_MS)
    }
  }
  return { clock, network, peer, unread, lines, read, say }
}

it('has every line when it is back within 45 s, and was sent no more than a few of them again', async () => {
  const { clock, network, peer, unread, lines, read, say } = await scene()
  await say(1_000)
  network.deliver(KEEP_ALIVE, FROM)
  peer.reads = false
  const before = peer.datagrams
  await say(44_000)
  // 65 that are open, and in each two seconds the oldest eight.
  expect(peer.datagrams - before).toBeLessThanOrEqual(65 + 8 * 22)
  peer.reads = true
  for (const datagram of unread) read(datagram)
  network.deliver(KEEP_ALIVE, FROM)
  await clock.run(10_000)
  const missing = Array.from({ length: 900 }, (_, number) => `line ${number}`).filter(
    (line) => !lines.includes(line),
  )
  expect(missing).toEqual([])
  expect(peer.datagrams - before).toBeLessThan(1_200)
})

it('is forgotten when it acknowledges nothing for longer, whatever else it sends', async () => {
  const { clock, network, peer, say } = await scene()
  peer.reads = false
  for (let second = 0; second < 60; second++) {
    await say(1_000)
    network.deliver(KEEP_ALIVE, FROM)
  }
  const before = peer.datagrams
  await clock.run(10_000)
  network.deliver(KEEP_ALIVE, FROM)
  expect(peer.datagrams).toBe(before)
})
