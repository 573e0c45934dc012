import { AsyncRconClient, type ConnectionEvent, RconPool } from '@bercon/client'
import type { Connection } from '@bercon/core/kit'
import { VirtualClock } from '@bercon/core/testing'
import { startSimulator } from '@bercon/simulator'
import { Counter, Registry } from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { collectMetrics } from './collect-metrics.js'
import type { MetricsSource } from './metrics-source.js'
import { ServerCounts } from './server-counts.js'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function collected(source: MetricsSource, registry = new Registry(), server?: string): Registry {
  stops.push(collectMetrics(source, registry, { server }))
  return registry
}

/** The samples of a scrape: `name{labels}` and the value. */
async function scrape(registry: Registry): Promise<Map<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

/** A client in virtual time whose commands take 40 ms, or fail. */
function newClient(failure?: unknown) {
  const clock = new VirtualClock()
  let tell: (event: ConnectionEvent) => void = () => {}
  const connection: Connection = {
    state: 'connected',
    statistics: {
      ...new AsyncRconClient().statistics,
      sent: 7,
      resent: 2,
      received: 5,
      logins: 1,
      queued: 3,
    },
    closed: new Promise(() => {}),
    refusal: undefined,
    open: async () => {},
    exchange: async ({ text }) => {
      clock.advance(40)
      if (failure !== undefined) throw failure
      return text === 'shutdown' ? 'Disallowed command' : 'done'
    },
    close: () => {},
    subscribe: (listener) => {
      tell = listener
      return () => {}
    },
  }
  const client = new AsyncRconClient({ connection, clock })
  const say = (text: string) => tell({ type: 'message', at: 0, text, sequence: 0, number: 0 })
  return { client, say }
}

describe('a client alone', () => {
  it('is measured under the name that it is given', async () => {
    const { client, say } = newClient()
    const registry = collected(client, new Registry(), 'altis')
    say('Player #0 Ann (192.0.2.7:2304) connected')
    say('(Side) Ann: hello')
    await client.sendCommand('version')
    await client.sendCommand('shutdown').catch(() => {})
    const samples = await scrape(registry)
    expect(Object.fromEntries(samples)).toMatchObject({
      'bercon_connected{server="altis"}': 1,
      'bercon_players{server="altis"}': 1,
      'bercon_queue_length{server="altis"}': 3,
      'bercon_logins_total{server="altis"}': 1,
      'bercon_datagrams_sent_total{server="altis"}': 7,
      'bercon_datagrams_resent_total{server="altis"}': 2,
      'bercon_datagrams_received_total{server="altis"}': 5,
      'bercon_commands_total{outcome="answered",server="altis"}': 1,
      'bercon_commands_total{outcome="refused",server="altis"}': 1,
      'bercon_commands_total{outcome="unknown",server="altis"}': 0,
      'bercon_messages_total{type="playerConnect",server="altis"}': 1,
      'bercon_messages_total{type="playerMessage",server="altis"}': 1,
      'bercon_messages_total{type="playerKick",server="altis"}': 0,
      'bercon_round_trip_seconds_bucket{le="0.025",server="altis"}': 0,
      'bercon_round_trip_seconds_bucket{le="0.05",server="altis"}': 2,
      'bercon_round_trip_seconds_sum{server="altis"}': 0.08,
    })
  })

  it('counts a command without a reply by its outcome, and not as a round trip', async () => {
    const { client } = newClient(new Error('gone'))
    const registry = collected(client)
    await client.sendCommand('version').catch(() => {})
    const samples = await scrape(registry)
    expect(samples.get('bercon_commands_total{outcome="unknown",server="default"}')).toBe(1)
    expect(samples.get('bercon_round_trip_seconds_count{server="default"}')).toBe(0)
  })
})

describe('several clients', () => {
  it('share a registry, each under its name', async () => {
    const [altis, tanoa] = [newClient(), newClient()]
    const registry = collected(altis.client, new Registry(), 'altis')
    collected(tanoa.client, registry, 'tanoa')
    await tanoa.client.sendCommand('version')
    const samples = await scrape(registry)
    expect(samples.get('bercon_commands_total{outcome="answered",server="altis"}')).toBe(0)
    expect(samples.get('bercon_commands_total{outcome="answered",server="tanoa"}')).toBe(1)
    expect(samples.get('bercon_connected{server="altis"}')).toBe(1)
  })

  it('that are not in the source are not counted', async () => {
    const registry = collected(newClient().client)
    await newClient().client.sendCommand('version')
    expect((await scrape(registry)).get('bercon_commands_total{outcome="answered",server="default"}')).toBe(0)
  })
})

/** Servers whose clients a test adds and removes. */
function newServers() {
  const clients = new Map<string, AsyncRconClient>()
  return {
    clients,
    get names() {
      return clients.keys()
    },
    get: (name: string) => clients.get(name),
    listen: () => () => {},
  }
}

describe('servers that come and go', () => {
  it('begin at zero, and are forgotten when they are gone', async () => {
    const servers = newServers()
    const registry = collected({ servers })
    const before = await scrape(registry)
    servers.clients.set('altis', newClient().client)
    const during = await scrape(registry)
    servers.clients.delete('altis')
    const after = await scrape(registry)
    expect([before.size, after.size]).toEqual([0, 0])
    expect(during.get('bercon_commands_total{outcome="answered",server="altis"}')).toBe(0)
    expect(during.get('bercon_connected{server="altis"}')).toBe(1)
  })

  it('are counted from the first command, before any scrape', async () => {
    const servers = newServers()
    const registry = collected(servers)
    const { client } = newClient()
    await client.sendCommand('version')
    servers.clients.set('altis', client)
    await scrape(registry)
    await client.sendCommand('version')
    const samples = await scrape(registry)
    expect(samples.get('bercon_commands_total{outcome="answered",server="altis"}')).toBe(1)
  })
})

it('measures the servers of a pool', async () => {
  await using simulator = await startSimulator({ password: 'hunter2', bots: false })
  await using pool = new RconPool({ client: { playersIntervalMs: 0 } })
  const registry = collected(pool)
  const { address: host, port } = simulator
  const client = await pool.add('altis', { host, port, password: 'hunter2' })
  await client.fetchPlayers()
  const chat = client.waitFor('playerConnect')
  simulator.world.join({ name: 'Ann' })
  await chat
  const samples = await scrape(registry)
  expect(samples.get('bercon_commands_total{outcome="answered",server="altis"}')).toBe(1)
  expect(samples.get('bercon_messages_total{type="playerConnect",server="altis"}')).toBe(1)
  expect(samples.get('bercon_logins_total{server="altis"}')).toBe(1)
  expect(samples.get('bercon_datagrams_sent_total{server="altis"}')).toBeGreaterThan(1)
})

describe('the registry', () => {
  it('has every value as JSON too, with all its labels', async () => {
    const { client } = newClient()
    const registry = collected(client, new Registry(), 'altis')
    await client.sendCommand('version')
    const [commands] = (await registry.getMetricsAsJSON()).filter(
      ({ name }) => name === 'bercon_commands_total',
    )
    expect(commands).toMatchObject({ type: 'counter', aggregator: 'sum' })
    expect(commands?.values).toContainEqual({ labels: { server: 'altis', outcome: 'answered' }, value: 1 })
  })

  it('can set to zero what was counted, and adds its own labels', async () => {
    const { client, say } = newClient()
    const registry = collected(client, new Registry(), 'altis')
    registry.setDefaultLabels({ site: 'home' })
    await client.sendCommand('version')
    say('(Side) Ann: hello')
    registry.resetMetrics()
    const samples = await scrape(registry)
    expect(samples.get('bercon_commands_total{outcome="answered",site="home",server="altis"}')).toBe(0)
    expect(samples.get('bercon_messages_total{type="playerMessage",site="home",server="altis"}')).toBe(0)
    expect(samples.get('bercon_round_trip_seconds_count{site="home",server="altis"}')).toBe(0)
    expect(samples.get('bercon_logins_total{site="home",server="altis"}')).toBe(1)
  })

  it('keeps a round trip beyond every bucket in the last', async () => {
    const counts = new ServerCounts('altis')
    for (const ms of [5, 5.1, 30_000, 30_001]) counts.countCommand('answered', ms)
    counts.countCommand('unknown', 7)
    const values = counts.roundTrips('t').map(({ labels, value }) => [labels['le'], value])
    expect([values[0], values[1], values.at(-4), values.at(-3)]).toEqual([
      [0.005, 1],
      [0.01, 2],
      [30, 3],
      ['+Inf', 4],
    ])
    expect(values.at(-1)).toEqual([undefined, 4])
  })
})

describe('once stopped', () => {
  it('nothing is left in the registry or on the client', async () => {
    const { client } = newClient()
    const registry = new Registry()
    const stop = collectMetrics(client, registry)
    stop()
    stop()
    expect(registry.getMetricsAsArray()).toEqual([])
    expect(client.dispatch.listenerCount('playerMessage')).toBe(0)
    collected(client, registry)
    stop()
    expect(registry.getMetricsAsArray()).not.toEqual([])
  })
})

describe('refused by name', () => {
  it.each([[undefined], [{}], ['altis'], [{ servers: {} }]])('is a source such as %j', (source) => {
    expect(() => collectMetrics(source as never, new Registry())).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument: 'source' }),
    )
  })

  it('is a registry that has such a metric already, which stays as it was', () => {
    const registry = new Registry()
    new Counter({ name: 'bercon_commands_total', help: 'Another.', registers: [registry] })
    expect(() => collectMetrics(newClient().client, registry)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument: 'registry' }),
    )
    expect(registry.getMetricsAsArray()).toHaveLength(1)
  })
})
