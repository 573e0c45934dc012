import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type GameWorld,
  type ReforgerWorld,
  type Simulator,
  startReforgerSimulator,
  startSimulator,
} from '@bercon/simulator'
import { freePort } from '../../../tools/free-port.js'
import { GatewayProcess } from './gateway-process.js'

const PAGE = fileURLToPath(new URL('../dist', import.meta.url))
const PASSWORD = 'hunter2'
/** What limits the importer's role, as the file has it. */
export const IMPORTER_LIMIT = 'per-minute = 40'
/** The tokens, by user. */
export const TOKENS = {
  ann: 'ann-token-0123456789abcdefghijkl',
  ida: 'ida-token-0123456789abcdefghijkl',
  vic: 'vic-token-0123456789abcdefghijkl',
} as const

/** Three simulated servers with a gateway in front, as a browser finds them. */
export interface Scene extends AsyncDisposable {
  readonly url: string
  readonly gateway: GatewayProcess
  readonly altis: Simulator<GameWorld>
  readonly dayz: Simulator<GameWorld>
  readonly arland: Simulator<ReforgerWorld>
}

/** Nothing happens in the games but what the test does. */
export async function startScene(settings: { readonly moreServers?: number } = {}): Promise<Scene> {
  const altis = await startSimulator({ password: PASSWORD, port: 0, bots: false, seed: 1 })
  const dayz = await startSimulator({ password: PASSWORD, port: 0, bots: false, game: 'dayz', seed: 2 })
  const arland = await startReforgerSimulator({ password: PASSWORD, port: 0, bots: false, seed: 3 })
  const folder = mkdtempSync(join(tmpdir(), 'bercon-console-'))
  // Where it comes back after a restart.
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  writeFileSync(join(folder, 'game.password'), PASSWORD, { mode: 0o600 })
  const servers = [
    server('altis', altis.port, 'arma3'),
    server('dayz-1', dayz.port, 'dayz'),
    server('arland', arland.port, 'reforger'),
    ...Array.from({ length: settings.moreServers ?? 0 }, (_, index) =>
      server(`more-${index}`, dayz.port, 'dayz'),
    ),
  ]
  writeFileSync(join(folder, 'gateway.toml'), [...servers, users(), http(port)].join('\n'))
  const gateway = new GatewayProcess(join(folder, 'gateway.toml'), url)
  await gateway.start()
  return {
    url,
    gateway,
    altis,
    dayz,
    arland,
    async [Symbol.asyncDispose]() {
      await gateway.stop()
      await Promise.all([altis.close(), dayz.close(), arland.close()])
      rmSync(folder, { recursive: true })
    },
  }
}

function server(name: string, port: number, game: string): string {
  return `[servers.${name}]\nhost = "127.0.0.1"\nport = ${port}\npassword-file = "game.password"\ngame = "${game}"\n`
}

function users(): string {
  const digest = (token: string) => createHash('sha256').update(token).digest('hex')
  return [
    `[users.ann]\ntoken-sha256 = "${digest(TOKENS.ann)}"\nrole = "moderator"\n`,
    `[users.ida]\ntoken-sha256 = "${digest(TOKENS.ida)}"\nrole = "importer"\n`,
    `[users.vic]\ntoken-sha256 = "${digest(TOKENS.vic)}"\nrole = "viewer"\n`,
    '[roles.moderator]\nservers = ["*"]\ncommands = ["*"]\nevents = ["*"]\naudit = true\n',
    `[roles.importer]\nservers = ["*"]\ncommands = ["players", "bans", "addBan"]\n${IMPORTER_LIMIT}\n`,
    '[roles.viewer]\nservers = ["altis"]\ncommands = ["players"]\nevents = ["*"]\n',
  ].join('\n')
}

function http(port: number): string {
  return `[http]\nlisten = "127.0.0.1:${port}"\npage = "${PAGE}"\n\n[audit]\ndirectory = "audit"\n`
}
