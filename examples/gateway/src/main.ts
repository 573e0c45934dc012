import { once } from 'node:events'
import { codeOf } from '@bercon/client'
import { startThreeServers, type ThreeServers } from './three-servers.js'

const PORTS = { battleye: 2406, http: 8306 }

/** At ports that are easy to type, or at free ones. */
async function start(): Promise<ThreeServers> {
  try {
    return await startThreeServers(PORTS)
  } catch (error) {
    if (codeOf(error) !== 'server-failure') throw error
    return await startThreeServers({ battleye: 0, http: 0 })
  }
}

function whatToType({ addresses: { battleye, http }, tokens: { ann, bob } }: ThreeServers): string {
  const url = http?.url ?? ''
  const [first] = Object.values(battleye)
  const ports = Object.entries(battleye).map(([name, { port }]) => `${name} at ${port}`)
  return `A gateway runs in front of three simulated servers: altis (Arma 3), chernarus (DayZ), everon (Reforger).
ann may do everything. bob is a moderator: players, bans, say and kick, at altis and chernarus.

Any BattlEye tool, with a user's token as the RCON password (${ports.join(', ')}):
  RCON_PASSWORD=${bob} npx --yes pnpm@12.21.0 bercon players --port ${first?.port}

HTTP:
  curl -H 'Authorization: Bearer ${ann}' ${url}/api/servers
  curl -H 'Authorization: Bearer ${bob}' -H 'Content-Type: application/json' \\
    -d '{"text":"say -1 hello"}' ${url}/api/servers/altis/commands
  curl -N -H 'Authorization: Bearer ${ann}' '${url}/api/events?event=player*'
  curl -H 'Authorization: Bearer ${ann}' ${url}/api/audit

A WebSocket, for a program with the packages @bercon/client, @bercon/remote and ws:
  import { AsyncRconClient } from '@bercon/client'
  import { connectGateway } from '@bercon/remote'
  import { WebSocket } from 'ws'
  const options = { server: 'everon', token: '${ann}', WebSocket }
  const client = new AsyncRconClient({ connection: connectGateway('${url}', options) })
  console.log(await client.sendCommand('players'))
  await client.close()

Ctrl-C ends it.`
}

function whereToLook({ addresses: { http }, tokens: { ann, bob } }: ThreeServers): string {
  return `The console runs in front of three simulated servers: altis (Arma 3), chernarus (DayZ), everon (Reforger).

  ${http?.url}/

Sign in as ann, who may do everything, with the token      ${ann}
or as bob, a moderator of altis and chernarus, with        ${bob}

Ctrl-C ends it.`
}

await using servers = await start()
console.log(process.argv[2] === 'console' ? whereToLook(servers) : whatToType(servers))
await once(process, 'SIGINT')
