import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RconPool } from '@bercon/client'
import { createToken, Gateway, tokenHash } from '@bercon/gateway'
import { reportCpu } from './child-cpu.js'

/** What a bench needs to know of the gateway that runs here. */
export interface BenchedGateway {
  readonly battleyePort: number
  readonly url: string
  readonly token: string
}

/** The gateway of a bench in a process of its own, in front of a server on the given port, until the bench lets go. */
const pool = new RconPool()
await pool.add(
  'bench',
  { host: '127.0.0.1', port: Number(process.argv[2]), password: 'hunter2' },
  { maxInFlight: 128 },
)
const token = createToken()
const directory = mkdtempSync(join(tmpdir(), 'bercon-bench-'))
const gateway = new Gateway({
  servers: pool,
  games: { bench: 'arma3' },
  users: { ann: { tokenSha256: tokenHash(token), role: 'owner' } },
  roles: { owner: { servers: ['*'], commands: ['say', 'players'] } },
  audit: { directory },
})
const { battleye, http } = await gateway.listen({ battleye: { bench: {} }, http: { port: 0 } })
const [front] = Object.values(battleye)
process.send?.({ battleyePort: front?.port ?? 0, url: http?.url ?? '', token } satisfies BenchedGateway)
reportCpu()
process.once('disconnect', async () => {
  await gateway.close()
  await pool.close()
  rmSync(directory, { recursive: true })
})
