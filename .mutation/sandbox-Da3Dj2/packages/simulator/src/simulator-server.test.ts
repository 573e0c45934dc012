// @ts-nocheck
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import {
  type ClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeText,
} from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import { MemoryNetwork, type RconServerEvent } from '@bercon/server'
import { afterEach, describe, expect, it } from 'vitest'
import { GameWorld } from './arma/game-world.js'
import { SimulatorServer } from './simulator-server.js'
import { type SimulatorOptions, startSimulator } from './start-simulator.js'

const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function start(options: Partial<SimulatorOptions> = {}) {
  const simulator = await startSimulator({ password: 'hunter2', bots: false, initialPlayers: 0, ...options })
  open.push(simulator)
  return simulator
}

/** An admin at a socket: acknowledges messages, and returns everything received as text, in order. */
class Admin {
  readonly #socket: Socket
  readonly #received: string[] = []
  readonly #waiting: ((text: string) => void)[] = []
  #sequence = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('message', (datagram) => this.#receive(datagram))
  }

  static async connect(port: number): Promise<Admin> {
    const socket = createSocket('udp4')
    socket.connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const admin = new Admin(socket)
    open.push(admin)
    return admin
  }

  get port(): number {
    return this.#socket.address().port
  }

  login(password = 'hunter2'): Promise<string> {
    this.#send({ type: 'login', bytes: encodeText(password) })
    return this.next()
  }

  /** Returns its sequence; passing it again sends the command again. */
  command(text: string, sequence: number = this.#sequence++): number {
    this.#send({ type: 'command', sequence, bytes: encodeText(text) })
    return sequence
  }

  next(): Promise<string> {
    const received = this.#received.shift()
    if (received !== undefined) return Promise.resolve(received)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(resolve))
  }

  #send(packet: ClientPacket): void {
    this.#socket.send(encodeClientPacket(packet))
  }

  #receive(datagram: Uint8Array): void {
    const packet = decodeServerPacket(datagram)
    if (packet.type === 'message') this.#send({ type: 'acknowledgement', sequence: packet.sequence })
    const text =
      packet.type === 'message' || packet.type === 'response'
        ? `${packet.type}: ${decodeText(packet.bytes)}`
        : `${packet.type}: ${JSON.stringify(packet)}`
    const waiting = this.#waiting.shift()
    if (waiting === undefined) this.#received.push(text)
    else waiting(text)
  }
}

const ACCEPTED = 'login: {"type":"login","accepted":true}'
const REFUSED = 'login: {"type":"login","accepted":false}'

describe('startSimulator', () => {
  it('announces an admin to every admin, including the new one, before anything else (W2)', async () => {
    const { port } = await start()
    const first = await Admin.connect(port)
    expect(await first.login()).toBe(ACCEPTED)
    expect(await first.next()).toBe(`message: RCon admin #0 (127.0.0.1:${first.port}) logged in`)
    const second = await Admin.connect(port)
    expect(await second.login()).toBe(ACCEPTED)
    const line = `message: RCon admin #1 (127.0.0.1:${second.port}) logged in`
    expect([await first.next(), await second.next()]).toEqual([line, line])
  })

  it('answers commands from the world', async () => {
    const { port, world } = await start()
    world.join({ name: 'Ann', slot: 3, ip: '192.0.2.7', port: 2304, guid: 'a'.repeat(32), ping: 47 })
    const admin = await Admin.connect(port)
    await admin.login()
    await admin.next()
    admin.command('players')
    expect(await admin.next()).toBe(
      [
        'response: Players on server:',
        '[#] [IP Address]:[Port] [Ping] [GUID] [Name]',
        '-'.repeat(50),
        `3   192.0.2.7:2304        47   ${'a'.repeat(32)}(OK) Ann`,
        '(1 players in total)',
      ].join('\n'),
    )
  })

  it('echoes what an admin says to every admin, and reports what happens in the game', async () => {
    const { port, world } = await start()
    const [first, second] = [await Admin.connect(port), await Admin.connect(port)]
    await first.login()
    await first.next()
    await second.login()
    await second.next()
    await first.next()
    second.command('say -1 привет')
    expect(await first.next()).toBe('message: RCon admin #1: (Global) привет')
    expect([await second.next(), await second.next()].sort()).toEqual([
      'message: RCon admin #1: (Global) привет',
      'response: ',
    ])
    const slot = world.join({ name: 'Ann', ip: '192.0.2.7', port: 2304, guidStatus: 'unknown' })
    expect(await first.next()).toBe(`message: Player #${slot} Ann (192.0.2.7:2304) connected`)
  })

  it('by default executes a repeated command again, as real servers probably do (W7)', async () => {
    for (const recognizeRepeats of [undefined, true]) {
      const { port, world } = await start(recognizeRepeats === undefined ? {} : { recognizeRepeats })
      for (const target of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) world.addBan({ target, reason: '' })
      const admin = await Admin.connect(port)
      await admin.login()
      await admin.next()
      const sequence = admin.command('removeBan 0')
      await admin.next()
      admin.command('removeBan 0', sequence)
      await admin.next()
      expect(world.bans).toHaveLength(recognizeRepeats === true ? 2 : 1)
    }
  })

  it('changes the password on command; admins stay logged in', async () => {
    const { port } = await start()
    const admin = await Admin.connect(port)
    await admin.login()
    await admin.next()
    admin.command('RConPassword correct')
    expect(await admin.next()).toBe('response: ')
    const other = await Admin.connect(port)
    expect(await other.login()).toBe(REFUSED)
    expect(await other.login('correct')).toBe(ACCEPTED)
    expect(await admin.next()).toContain('RCon admin #1')
  })

  it('passes commands of the game to the handler', async () => {
    const passedOn: unknown[] = []
    const { port } = await start({ onGameCommand: (...what) => passedOn.push(what) })
    const admin = await Admin.connect(port)
    await admin.login()
    await admin.next()
    admin.command('#restart')
    expect(await admin.next()).toBe('response: ')
    expect(passedOn).toEqual([['#restart', 0]])
  })

  it('is silent from a crash until it is revived, and has forgotten every admin by then', async () => {
    const events: RconServerEvent['type'][] = []
    const simulator = await start({ onEvent: ({ type }) => events.push(type) })
    const admin = await Admin.connect(simulator.port)
    await admin.login()
    await admin.next()
    simulator.crash()
    admin.command('players')
    expect(simulator.server.peers).toEqual([])
    expect(simulator.world.admins).toEqual([])
    // Over a second server: once this is answered, the first has read the command above.
    const other = await Admin.connect((await start()).port)
    await other.login()
    expect(events).toEqual(['login', 'forgotten'])
    simulator.revive()
    expect(await admin.login()).toBe(ACCEPTED)
    expect(await admin.next()).toContain('RCon admin #0')
  })

  it('forgets a silent admin, and runs on the given clock', async () => {
    const clock = new VirtualClock()
    const { port, world } = await start({ clock, bots: true, initialPlayers: 0, joinIntervalMs: 1_000 })
    const admin = await Admin.connect(port)
    await admin.login()
    await admin.next()
    expect(world.admins).toHaveLength(1)
    clock.advance(45_000)
    expect(world.admins).toEqual([])
    expect(world.players.length).toBeGreaterThan(5)
    expect(clock.timers).toBe(1)
  })

  it('stops the game when it is closed', async () => {
    const clock = new VirtualClock()
    const simulator = await start({ clock, bots: true })
    expect(clock.timers).toBe(1)
    await simulator.close()
    await simulator[Symbol.asyncDispose]()
    simulator.world.emit('to nobody')
    expect(clock.timers).toBe(0)
    expect(simulator.server.state).toBe('closed')
  })

  it('refuses by name an option of neither the server nor the world', async () => {
    const options = { password: 'hunter2', bot: true }
    await expect(startSimulator(options)).rejects.toMatchObject({ argument: 'bot' })
    await expect(startSimulator({ password: 'hunter2', initialPlayers: -1 })).rejects.toMatchObject({
      argument: 'initialPlayers',
    })
  })
})

it('changes after `listen` happen at the clock’s time, whenever the world was created', async () => {
  const clock = new VirtualClock()
  clock.advance(3_600_000)
  const network = new MemoryNetwork(() => {})
  const simulator = new SimulatorServer({
    password: 'hunter2',
    world: new GameWorld({ bots: false }),
    clock,
    openSocket: network.openSocket,
  })
  await simulator.listen()
  simulator.world.addBan({ target: '192.0.2.7', minutes: 90 })
  const reply = simulator.world.execute('bans', undefined, clock.now())
  expect(reply).toMatch(/192\.0\.2\.7 +90\n/)
  await simulator.close()
})
