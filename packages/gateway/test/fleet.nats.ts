import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FleetWorker } from '@bercon/fleet'
import { connectFleet, PasswordKey } from '@bercon/fleet/nats'
import { startSimulator } from '@bercon/simulator'
import { afterEach, expect, it } from 'vitest'
import { NatsProcess } from '../../fleet/test/nats/nats-process.js'
import { GatewayProcess } from '../src/process/gateway-process.js'
import { createToken, tokenHash } from '../src/users/token.js'

const BIN = new URL('../dist/bin.js', import.meta.url).pathname
const closes: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closes.splice(0)) await close()
})

it('a gateway whose file names a fleet serves the servers of the fleet', async () => {
  const nats = await NatsProcess.start()
  closes.unshift(() => nats.end())
  const simulator = await startSimulator({ password: 'hunter2', bots: false })
  closes.unshift(() => simulator.close())
  simulator.world.join({ name: 'Ann' })
  const key = new PasswordKey(new Uint8Array(32))
  const { bus, leases, servers, close } = await connectFleet({ nats: { servers: nats.url }, key })
  closes.unshift(close)
  const { address: host, port } = simulator
  await servers.put({ name: 'altis', host, port, game: 'dayz', password: 'hunter2' })
  const users: string[] = []
  const worker = new FleetWorker({
    id: 'w1',
    bus,
    leases,
    servers,
    onEvent: (event) => event.type === 'command' && users.push(event.user),
  })
  worker.start()
  closes.unshift(() => worker.stop())

  const token = createToken()
  const path = join(nats.folder, 'gateway.toml')
  writeFileSync(
    path,
    `
[fleet]
nats = "${nats.url}"

[users.ann]
token-sha256 = "${tokenHash(token)}"
role = "owner"

[roles.owner]
servers = ["*"]
commands = ["*"]

[http]
listen = "127.0.0.1:0"
`,
  )
  const gateway = await GatewayProcess.open(path, () => {})
  closes.unshift(() => gateway.close())
  const { http } = await gateway.start()
  const headers = { authorization: `Bearer ${token}` }
  const list = await fetch(`${http?.url}/api/servers`, { headers })
  expect(await list.json()).toMatchObject({ servers: [{ name: 'altis', game: 'dayz' }] })
  const players = await fetch(`${http?.url}/api/servers/altis/players`, { headers })
  expect(await players.json()).toMatchObject({ players: [{ name: 'Ann' }] })
  expect(users).toContain('gateway')
})

it('says in one sentence that there is no NATS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bercon-gateway-'))
  closes.unshift(async () => rmSync(folder, { recursive: true }))
  const path = join(folder, 'gateway.toml')
  writeFileSync(path, '[fleet]\nnats = "nats://127.0.0.1:9"\n[http]\nlisten = "127.0.0.1:0"\n')
  const { status, stderr } = spawnSync(process.execPath, [BIN, path], { encoding: 'utf8' })
  expect(stderr).toMatch(/^No connection to NATS at nats:\/\/127\.0\.0\.1:9: .*\n$/)
  expect(status).toBe(1)
})
