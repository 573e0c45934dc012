import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSimulator } from '@bercon/simulator'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FleetDirectory } from '../../src/directory/fleet-directory.js'
import { connectFleet, type NatsFleet } from '../../src/nats/connect-fleet.js'
import { PasswordKey } from '../../src/nats/password-key.js'
import { commandText } from '../../src/wire/command-message.js'
import { FleetWorker } from '../../src/worker/fleet-worker.js'
import type { WorkerEvent } from '../../src/worker/worker-event.js'
import { NatsProcess } from './nats-process.js'

const PASSWORD = 'correct-horse-battery'
const guide = readFileSync(new URL('../../../../docs/fleet.md', import.meta.url), 'utf8')
const [, configuration = ''] = /<!-- nats\.conf -->\n```\n(.*?)```/s.exec(guide) ?? []
const key = new PasswordKey(new Uint8Array(32).fill(7))
const commands: WorkerEvent[] = []
let nats: NatsProcess
let simulator: Awaited<ReturnType<typeof startSimulator>>
let spy: NatsConnection
let worker: FleetWorker
let crossed = ''
const opened: { close(): Promise<unknown> }[] = []

async function fleetAs(user: string, password: string, inboxPrefix = '_INBOX'): Promise<NatsFleet> {
  const fleet = await connectFleet({
    nats: { servers: nats.url, user, pass: password, inboxPrefix },
    key,
    // A worker may create the bucket of the leases only.
    create: user === 'admin' || user === 'worker',
  })
  opened.push(fleet)
  return fleet
}

beforeAll(async () => {
  nats = await NatsProcess.start(configuration)
  simulator = await startSimulator({ password: PASSWORD, bots: false })
  const { address: host, port } = simulator
  const admin = await fleetAs('admin', 'change-me-1')
  spy = await connect({ servers: nats.url, user: 'admin', pass: 'change-me-1' })
  spy.subscribe('>', {
    callback: (_, message) => {
      crossed += `${message.subject} ${message.string()}\n`
    },
  })
  await spy.flush()
  await admin.servers.put({ name: 'altis', host, port, game: 'arma3', password: PASSWORD })
  await admin.servers.put({ name: 'tanoa', host, port, game: 'arma3', password: PASSWORD })
  const { bus, leases, servers } = await fleetAs('worker', 'change-me-2')
  worker = new FleetWorker({
    id: 'w1',
    bus,
    leases,
    servers,
    onEvent: (event) => event.type === 'command' && commands.push(event),
  })
  worker.start()
  opened.unshift({ close: () => worker.stop() })
})

afterAll(async () => {
  for (const each of opened) await each.close()
  await spy.close()
  await simulator.close()
  await nats.end()
})

describe('with the permissions of the guide', () => {
  it('a gateway sees every server and commands it', async () => {
    const { bus, servers } = await fleetAs('gateway', 'change-me-3', '_INBOX_gateway')
    const directory = new FleetDirectory({ bus, servers, user: 'gateway' })
    opened.unshift(directory)
    await directory.ready
    expect([...directory.names].sort()).toEqual(['altis', 'tanoa'])
    expect(await directory.get('altis')?.sendCommand('version')).toBeTruthy()
    expect(commands.at(-1)).toMatchObject({ server: 'altis', user: 'gateway', text: 'version' })
  })

  it('a user commands the server that the permissions name, and no other, and as nobody else', async () => {
    const ann = await connect({
      servers: nats.url,
      user: 'ann',
      pass: 'change-me-4',
      inboxPrefix: '_INBOX_ann',
    })
    opened.unshift({ close: () => ann.close() })
    const text = commandText({ epoch: 0, request: { text: 'kick 0', resend: false }, timeoutMs: 1_000 })
    const before = commands.length
    const answer = await ann.request('bercon.exec.altis.ann', text, { timeout: 60_000 })
    expect(answer.string()).toMatch(/^[0-9]+ refused$/)
    for (const subject of ['bercon.exec.tanoa.ann', 'bercon.exec.altis.gateway', '$KV.bercon-servers.altis'])
      await expect(ann.request(subject, text, { timeout: 500 })).rejects.toThrow()
    expect(commands.length).toBe(before)
  })

  it.each([
    '$KV.bercon-servers.altis',
    '$KV.bercon-leases.altis',
    'bercon.events.altis.playerMessage',
    'bercon.workers.w1',
    'bercon.exec.tanoa.gateway',
    '$JS.API.STREAM.INFO.KV_bercon-servers',
  ])('no user has a worker answer on %s, where they may not publish themselves', async (reply) => {
    const ann = await connect({
      servers: nats.url,
      user: 'ann',
      pass: 'change-me-4',
      inboxPrefix: '_INBOX_ann',
    })
    opened.unshift({ close: () => ann.close() })
    const before = crossed.length
    const text = commandText({ epoch: 0, request: { text: 'kick 0', resend: false }, timeoutMs: 1_000 })
    ann.publish('bercon.exec.altis.ann', text, { reply })
    // The worker reads one subject in order: what it answers to the second has come after what it does for the first.
    await ann.request('bercon.exec.altis.ann', text, { timeout: 60_000 })
    await spy.flush()
    const answers = crossed
      .slice(before)
      .split('\n')
      .filter((line) => line.startsWith(`${reply} `))
    expect(answers.filter((line) => line.endsWith(' refused'))).toEqual([])
  })

  it('nothing that a user publishes arrives on a subject that the permissions do not name', async () => {
    const ann = await connect({
      servers: nats.url,
      user: 'ann',
      pass: 'change-me-4',
      inboxPrefix: '_INBOX_ann',
    })
    opened.unshift({ close: () => ann.close() })
    const text = 'ann was here'
    const subjects = [
      'bercon.exec.tanoa.ann',
      'bercon.exec.altis.gateway',
      'bercon.exec.altis.ann.more',
      'bercon.events.altis.playerMessage',
      'bercon.workers.w1',
      'bercon.who',
      '$KV.bercon-leases.altis',
      '$KV.bercon-servers.altis',
      '$JS.API.INFO',
      '$JS.API.STREAM.INFO.KV_bercon-servers',
      '$JS.API.STREAM.MSG.GET.KV_bercon-servers',
      '$JS.API.DIRECT.GET.KV_bercon-servers.$KV.bercon-servers.altis',
      '$JS.API.STREAM.PURGE.KV_bercon-leases',
      '$JS.API.STREAM.DELETE.KV_bercon-servers',
      '$JS.API.CONSUMER.CREATE.KV_bercon-servers',
      '$SYS.REQ.SERVER.PING',
      '_INBOX.any',
      '_INBOX_gateway.any',
    ]
    for (const subject of subjects) ann.publish(subject, text)
    ann.publish('bercon.exec.altis.ann', `${text}, where she may`)
    await expect.poll(() => crossed).toContain(`bercon.exec.altis.ann ${text}, where she may`)
    expect(crossed.split('\n').filter((line) => line.endsWith(text))).toEqual([])
  })

  it('a user hears the events that the permissions name, and no others', async () => {
    const ann = await connect({
      servers: nats.url,
      user: 'ann',
      pass: 'change-me-4',
      inboxPrefix: '_INBOX_ann',
    })
    opened.unshift({ close: () => ann.close() })
    const heard: string[] = []
    const refused: Promise<unknown>[] = []
    for (const subject of [
      'bercon.events.altis.playerMessage',
      'bercon.events.tanoa.playerMessage',
      'bercon.events.altis.command',
      'bercon.events.altis.*',
      'bercon.events.*.playerMessage',
      'bercon.exec.altis.*',
      'bercon.workers.*',
      'bercon.who',
      'bercon.>',
      '$KV.bercon-leases.>',
      '$KV.bercon-servers.>',
      '$JS.>',
      '$SYS.>',
      '_INBOX.>',
      '_INBOX_gateway.>',
      '*.*.*.*',
      '>',
    ]) {
      const subscription = ann.subscribe(subject, {
        callback: (error, message) => {
          if (error === null) heard.push(message.subject)
        },
      })
      refused.push(subscription.closed)
    }
    await ann.flush()
    await Promise.all(refused.slice(1))
    simulator.world.chat(simulator.world.join({ name: 'Bob' }), 'Side', 'hello')
    // Both servers are the same game, so each has the event; what NATS has by then, it has sent to those who may hear it.
    for (const server of ['altis', 'tanoa'])
      await expect.poll(() => crossed).toContain(`bercon.events.${server}.playerMessage`)
    await ann.flush()
    expect(heard).toEqual(['bercon.events.altis.playerMessage'])
  })
})

it('the password of a game server neither crosses NATS nor is stored there in clear', () => {
  expect(crossed).toContain('bercon.exec.altis.gateway')
  expect(crossed).not.toContain(PASSWORD)
  const stored = readdirSync(nats.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('')
  expect(stored).toContain('altis')
  expect(stored).not.toContain(PASSWORD)
})

it('when NATS has forgotten the leases, workers may create their bucket again, and own their servers again', async () => {
  const before = worker.owned.get('altis') ?? Number.POSITIVE_INFINITY
  await nats.stop()
  await nats.resume()
  while ((worker.owned.get('altis') ?? 0) <= before) await new Promise((resolve) => setTimeout(resolve, 50))
})
