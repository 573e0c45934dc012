import { codeOf } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FleetDirectory } from '../src/directory/fleet-directory.js'
import { MemoryBus } from '../src/memory/memory-bus.js'
import { MemoryLeases } from '../src/memory/memory-leases.js'
import { MemoryServerList } from '../src/memory/memory-server-list.js'
import { FleetWorker } from '../src/worker/fleet-worker.js'
import type { WorkerEvent } from '../src/worker/worker-event.js'

const password = 'hunter2'
let simulator: Awaited<ReturnType<typeof startSimulator>>
let servers: MemoryServerList
let bus: MemoryBus
let leases: MemoryLeases
let directory: FleetDirectory
const events: WorkerEvent[] = []
const workers: FleetWorker[] = []

const waiting: { readonly type: string; readonly resolve: (event: WorkerEvent) => void }[] = []

function note(event: WorkerEvent): void {
  events.push(event)
  for (const { type, resolve } of waiting) if (type === event.type) resolve(event)
}

function nextEvent(type: WorkerEvent['type']): Promise<WorkerEvent> {
  return new Promise((resolve) => waiting.push({ type, resolve }))
}

function startWorker(id: string): FleetWorker {
  const worker = new FleetWorker({ id, bus, leases, servers, onEvent: note })
  workers.push(worker)
  worker.start()
  return worker
}

beforeEach(async () => {
  simulator = await startSimulator({ password, bots: false })
  servers = new MemoryServerList([
    { name: 'altis', host: simulator.address, port: simulator.port, game: 'arma3', password },
  ])
  bus = new MemoryBus()
  leases = new MemoryLeases(600)
  directory = new FleetDirectory({ bus, servers, user: 'ann' })
  await directory.ready
})

afterEach(async () => {
  await directory.close()
  for (const worker of workers.splice(0)) await worker.stop()
  await simulator.close()
  events.length = 0
})

describe('a fleet in one process, over UDP', () => {
  it('logs in, executes commands and passes events on', async () => {
    const client = directory.get('altis')
    const connected = client?.waitFor('connect')
    startWorker('w1')
    await connected
    expect(client?.isConnected()).toBe(true)
    expect(directory.ownerOf('altis')).toMatchObject({ worker: 'w1' })
    const joined = client?.waitFor('playerConnect')
    simulator.world.join({ name: 'Ann' })
    expect((await joined)?.name).toBe('Ann')
    expect((await client?.fetchPlayers())?.map(({ name }) => name)).toEqual(['Ann'])
    expect(events).toContainEqual(expect.objectContaining({ type: 'command', user: 'ann', text: 'players' }))
  })

  it('passes a server on when its worker stops; the command that comes meanwhile waits', async () => {
    const first = startWorker('w1')
    const client = directory.get('altis')
    await client?.sendCommand('version')
    const second = startWorker('w2')
    await first.stop()
    expect(await client?.sendCommand('version')).toBeTruthy()
    expect([...second.owned.keys()]).toEqual(['altis'])
    expect([...first.owned.keys()]).toEqual([])
  })

  it('reports a wrong password as a refusal, and logs in when the list is put right', async () => {
    servers.put({
      name: 'altis',
      host: simulator.address,
      port: simulator.port,
      game: 'arma3',
      password: 'no',
    })
    startWorker('w1')
    const error = await directory.get('altis')?.sendCommand('version').catch(codeOf)
    expect(error).toBe('login-refused')
    servers.put({ name: 'altis', host: simulator.address, port: simulator.port, game: 'arma3', password })
    await directory.get('altis')?.waitFor('connect')
    expect(await directory.get('altis')?.sendCommand('version')).toBeTruthy()
  })

  it('gives up a server that is removed from the list', async () => {
    const worker = startWorker('w1')
    const client = directory.get('altis')
    await client?.sendCommand('version')
    const ended = nextEvent('ended')
    servers.remove('altis')
    expect(await ended).toMatchObject({ server: 'altis', reason: 'released' })
    expect(directory.names).toEqual([])
    expect(client?.state).toBe('closed')
    expect(worker.owned.size).toBe(0)
  })
})

it('a command for a server that nobody owns fails at once where the directory has heard so, and was not sent', async () => {
  await using impatient = new FleetDirectory({ bus, servers, whenUnowned: 'fail' })
  await impatient.ready
  const failure = impatient.get('altis')?.sendCommand('version')
  await expect(failure).rejects.toMatchObject({ code: 'connection-lost', outcome: 'not-sent', attempts: 0 })
})

describe('refused by name', () => {
  it.each([
    ['id', { id: 'a.b' }],
    ['capacity', { capacity: 0 }],
    ['bus', { bus: {} }],
    ['leases', { leases: {} }],
    ['servers', { servers: {} }],
    ['size', { size: 1 }],
  ])('is a worker’s %s', (argument, wrong) => {
    expect(() => new FleetWorker({ id: 'w1', bus, leases, servers, ...wrong } as never)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument }),
    )
  })

  it.each([
    ['user', { user: 'a b' }],
    ['whenUnowned', { whenUnowned: 'later' }],
    ['bus', { bus: undefined }],
  ])('is a directory’s %s', (argument, wrong) => {
    expect(() => new FleetDirectory({ bus, ...wrong } as never)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument }),
    )
  })

  it('is a server’s name that would be several tokens, or a pattern', () => {
    for (const name of ['a.b', '*', '>', '', 'a b', 'x'.repeat(65)])
      expect(() => servers.put({ name, host: '192.0.2.1', port: 1, game: 'dayz', password: 'x' })).toThrow(
        expect.objectContaining({ argument: 'name' }),
      )
  })
})
