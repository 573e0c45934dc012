// Clients of other authors, with datagrams built here byte for byte instead of by our codec.
import { crc32 } from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import { MemoryNetwork } from '@bercon/server'
import { describe, expect, it } from 'vitest'
import { GameWorld } from './arma/game-world.js'
import { SimulatorServer, type SimulatorServerOptions } from './simulator-server.js'

/** P1: `BE`, the checksum, low byte first, `FF`, the payload. */
function datagram(...payload: readonly (number | string)[]): Buffer {
  const bytes = payload.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part)))
  const checked = Buffer.concat([Buffer.of(0xff), ...bytes])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32LE(crc32(checked))
  return Buffer.concat([Buffer.from('BE'), checksum, checked])
}

const LOGIN = datagram(0x00, 'hunter2')
const ACCEPTED = '0001'

async function start(options: Partial<SimulatorServerOptions<GameWorld>> = {}) {
  const clock = new VirtualClock()
  let answers: Buffer[] = []
  const network = new MemoryNetwork((bytes) => answers.push(Buffer.from(bytes.subarray(7))))
  const world = new GameWorld({ bots: false })
  const simulator = new SimulatorServer({
    password: 'hunter2',
    world,
    clock,
    openSocket: network.openSocket,
    ...options,
  })
  await simulator.listen()
  /** The payloads that are sent back at once, except messages. */
  const send = (bytes: Buffer): readonly Buffer[] => {
    answers = []
    network.deliver(bytes, { address: '192.0.2.1', port: 2_306 })
    return answers.filter(([type]) => type !== 0x02)
  }
  const lines = () => answers.filter(([type]) => type === 0x02).map((line) => line.subarray(2).toString())
  return { clock, world, send, lines }
}

describe.each([{ recognizeRepeats: false }, { recognizeRepeats: true }])('with %o', (options) => {
  it('400 × `removeBan 0`, round all sequences within a second, remove 400 bans', async () => {
    const { clock, world, send } = await start(options)
    for (let ban = 0; ban < 500; ban++) world.addBan({ target: `192.0.2.${ban % 250}` })
    send(LOGIN)
    for (let number = 0; number < 400; number++) {
      clock.advance(2)
      expect(send(datagram(0x01, number % 256, 'removeBan 0'))).toEqual([Buffer.of(0x01, number % 256)])
    }
    expect(world.bans).toHaveLength(100)
  })

  it('700 commands with the same text get 700 answers, each at its own time', async () => {
    const { world, send } = await start({ ...options, partBytes: 4_096 })
    send(LOGIN)
    for (let number = 0; number < 700; number++) {
      if (number % 20 === 0 && number < 600) world.join({ name: `Player ${number}` })
      const [answer] = send(datagram(0x01, number % 256, 'players'))
      expect(answer?.toString()).toContain(`(${Math.min(30, Math.floor(number / 20) + 1)} players in total)`)
    }
  })

  it('a client that logs in again from the same port has its first command executed', async () => {
    const { world, send, lines } = await start(options)
    for (let ban = 0; ban < 4; ban++) world.addBan({ target: `192.0.2.${ban}` })
    for (const left of [3, 2, 1, 0]) {
      expect(send(LOGIN)[0]?.toString('hex')).toBe(ACCEPTED)
      expect(lines()).toContain('RCon admin #0 (192.0.2.1:2306) logged in')
      send(datagram(0x01, 0x00, 'removeBan 0'))
      expect(world.bans).toHaveLength(left)
    }
  })
})

it('a client that uses sequence 0 for every command has each executed', async () => {
  const { world, send } = await start()
  for (let ban = 0; ban < 20; ban++) world.addBan({ target: `192.0.2.${ban}` })
  send(LOGIN)
  for (let number = 0; number < 20; number++) send(datagram(0x01, 0x00, 'removeBan 0'))
  expect(world.bans).toEqual([])
  expect(send(datagram(0x01, 0x00))).toEqual([Buffer.of(0x01, 0x00)])
})
