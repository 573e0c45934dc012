// @ts-nocheck
import { ClientSession, decodeText, encodeClientPacket, encodeText } from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import { MemoryNetwork } from '@bercon/server'
import { expect, it } from 'vitest'
import { startReforgerSimulator } from './start-simulator.js'

const FIRST = { address: '192.0.2.1', port: 1_024 }
const SECOND = { address: '192.0.2.1', port: 1_025 }

it('answers a command with an empty reply, and then with messages to the admin who sent it', async () => {
  const clock = new VirtualClock()
  const received: string[] = []
  const sessions = new Map<number, ClientSession>()
  const network = new MemoryNetwork((datagram, to) => {
    sessions.get(to.port)?.receive(datagram, clock.now())
    flush(to.port)
  })
  const flush = (port: number) => {
    const session = sessions.get(port)
    for (const event of session?.takeEvents() ?? [])
      if (event.type === 'reply' || event.type === 'message')
        received.push(`${port} ${event.type}: ${decodeText(event.bytes).slice(0, 27)}`)
    for (const datagram of session?.takeDatagrams() ?? [])
      network.deliver(datagram, { address: '192.0.2.1', port })
  }
  const simulator = await startReforgerSimulator({
    password: 'hunter2',
    initialPlayers: 2,
    joinIntervalMs: Number.POSITIVE_INFINITY,
    clock,
    openSocket: network.openSocket,
  })
  for (const { port } of [FIRST, SECOND]) {
    const session = new ClientSession()
    sessions.set(port, session)
    session.login(encodeText('hunter2'), 0)
    flush(port)
    await clock.run(10)
  }
  sessions.get(FIRST.port)?.sendCommand(encodeText('players'), { resend: true }, clock.now())
  flush(FIRST.port)
  await clock.run(10)
  simulator.world.emit('Connected to BE Master')
  await clock.run(10)
  expect(received).toEqual([
    '1024 message: Logged In! Client ID: #0',
    '1025 message: Logged In! Client ID: #1',
    '1024 reply: ',
    '1024 message: Processing Command: players',
    '1024 message: Players on server: [Player#',
    '1024 message: Connected to BE Master',
    '1025 message: Connected to BE Master',
  ])
  await simulator.close()
})

it('accepts `maxClients` clients, and another once one has logged out', async () => {
  const answered: number[] = []
  const network = new MemoryNetwork((_, to) => answered.push(to.port))
  const simulator = await startReforgerSimulator({
    password: 'hunter2',
    maxClients: 2,
    bots: false,
    clock: new VirtualClock(),
    openSocket: network.openSocket,
  })
  const login = (port: number) => {
    answered.length = 0
    const datagram = encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') })
    network.deliver(datagram, { address: '192.0.2.1', port })
    return answered.includes(port)
  }
  expect([login(1), login(2), login(3)]).toEqual([true, true, false])
  const logout = encodeClientPacket({ type: 'command', sequence: 0, bytes: encodeText('@logout') })
  network.deliver(logout, { address: '192.0.2.1', port: 2 })
  expect(simulator.server.peers.map(({ port }) => port)).toEqual([1])
  expect(login(3)).toBe(true)
  await simulator.close()
})
