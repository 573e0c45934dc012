import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { RconServer } from '@bercon/server'
import { type Simulator, startReforgerSimulator, startSimulator } from '@bercon/simulator'
import { type CommandFailure, type CommandRun, runAll } from './command-run.js'

const PASSWORD = 'hunter2'

/** The files that the command lines name, in the folder in which they run. */
const FILES: Readonly<Record<string, string>> = {
  'config.toml': '[profiles.main]\nport = 2306\n[profiles.event]\nport = 2316\n',
  'empty.toml': '',
  'broken.toml': '[profiles.main\nport = 2306\n',
  'misspelt.toml': '[profiles.main]\nprot = 2306\n',
  'flat.toml': 'profiles = 5\n',
  'number.toml': '[profiles.main]\npassword = 5\n',
  'blank.toml': '[profiles.main]\npassword = ""\n',
  'away.toml': 'default = "night"\n[profiles.main]\nport = 2306\n',
  'empty.password': '\n',
  'arma/readme.txt': '',
  'equals/BEServer_x64.cfg': 'RConPort=2306\nRConPassword hunter2\n',
  'bare/BEServer_x64.cfg': 'RConPort 2306\n',
  'reforger/config.json': '{ "rcon": { "port": 19999, } }',
  'bans.txt': '192.0.2.7 -1 spam\nRook -1 spam\n',
  'good.txt': '192.0.2.7 -1 spam\n',
  'bans.json': '{ "bans": [] }',
  'bans.csv': 'target,reason\n192.0.2.7,spam,more\n',
}

/** Without a server: what is wrong is found before a login. */
const WITHOUT_SERVER: readonly CommandRun[] = [
  { line: 'bercon plyers' },
  { line: 'bercon players --nope' },
  { line: 'bercon kick' },
  { line: 'bercon players 3' },
  { line: 'bercon players --format xml' },
  { line: 'bercon players' },
  { line: 'bercon players --port 70000' },
  { line: 'bercon players --port 2306' },
  { line: 'bercon players --port 2306 --password-file rcon.password' },
  { line: 'bercon players --port 2306 --password-file empty.password', when: 'the file is empty' },
  { line: 'bercon players --port 2306 --timeout 0' },
  { line: 'RCON_GAME=arma bercon players --port 2306' },
  { line: 'RCON_FORMAT=xml bercon players --port 2306' },
  { line: 'bercon profiles --format raw --config config.toml' },
  { line: 'bercon players --config rcon.toml' },
  { line: 'bercon players --profile main', when: 'there is no config file' },
  { line: 'bercon players --profile mian --config config.toml' },
  { line: 'bercon players --config broken.toml', when: 'a bracket is missing' },
  { line: 'bercon players --profile main --config misspelt.toml', when: 'it says "prot"' },
  { line: 'bercon players --config flat.toml', when: 'it says "profiles = 5"' },
  { line: 'bercon players --profile main --config number.toml', when: 'it says "password = 5"' },
  { line: 'bercon players --profile main --config blank.toml', when: 'the password is ""' },
  { line: 'bercon players --config away.toml', when: 'it says default = "night"' },
  { line: 'bercon players --all --profile main --config config.toml' },
  { line: 'bercon players --all', when: 'there is no config file' },
  { line: 'bercon players --all --config empty.toml', when: 'the file is empty' },
  { line: 'bercon players --profile main --profile nite --config config.toml' },
  { line: 'bercon players --all --port 2306 --config config.toml' },
  { line: 'bercon shell --profile main --profile event --config config.toml' },
  { line: 'bercon bans export bans.txt --all --config config.toml' },
  { line: 'bercon players --server-cfg arma', when: 'the folder has none' },
  { line: 'bercon players --server-cfg missing.cfg' },
  { line: 'bercon players --server-cfg equals', when: 'it says "RConPort=2306"' },
  { line: 'bercon players --server-cfg bare', when: 'it has no RConPassword' },
  { line: 'bercon players --server-cfg reforger', when: 'a comma is one too many' },
  { line: 'bercon ban 192.0.2.7 spam' },
  { line: 'bercon ban 192.0.2.7 90 spam' },
  { line: 'bercon ban 192.0.2.7 --for 90' },
  { line: 'bercon ban --for 7d --until 2099-12-24 192.0.2.7' },
  { line: 'bercon ban 192.0.2.7 --until tomorrow' },
  { line: 'bercon ban 192.0.2.7 --until 2020-01-01' },
  { line: 'bercon unban 5' },
  { line: 'bercon unban Rook' },
  { line: 'bercon bans export bans.txt --format md' },
  { line: 'bercon exec - --password-stdin' },
  { line: 'bercon exec - --every 5' },
  { line: 'bercon exec players --times 3' },
  { line: 'bercon exec players --every 5 --times 0' },
  { line: 'bercon watch --only playerJoin' },
  { line: 'bercon decode zz' },
  { line: 'bercon decode --file bug.pcapng' },
  { line: 'bercon record bug.pcapng' },
  { line: 'bercon record shared.pcapng --from bug.pcapng' },
  { line: 'bercon record missing/bug.pcapng --host 192.0.2.1 --port 2306' },
  { line: 'bercon replay bug.pcapng', when: 'there is no such file' },
  { line: 'bercon replay bug.pcapng --speed 0' },
]

/** At a simulated Arma 3 server. */
const AT_ARMA: readonly CommandRun[] = [
  { line: 'bercon players --geoip countries.mmdb', when: 'there is no such file' },
  { line: 'bercon ban 192.0.2.7 --for 90s' },
  { line: 'bercon bans apply old.txt', when: 'there is no such file' },
  { line: 'bercon bans apply bans.txt --yes', when: 'it bans a name' },
  { line: 'bercon bans apply bans.json --yes', when: 'it is no list' },
  { line: 'bercon bans apply bans.csv --yes', when: 'a row is too long' },
  { line: 'bercon bans apply good.txt', when: 'there is no terminal to ask at' },
  { line: 'bercon say "a\nb"' },
  { line: 'bercon exec dance' },
  { line: 'bercon kick 77' },
  { line: 'bercon kick Rok', when: 'Rook is there' },
  { line: 'bercon kick ANN', when: 'Ann and ann are there' },
  { line: 'bercon unban 192.0.2.77' },
]

/** At a simulated Reforger server with its built-in RCON. */
const AT_REFORGER: readonly CommandRun[] = [
  { line: 'bercon admins', when: "it is Reforger's built-in RCON" },
  { line: 'bercon kick 1 afk', when: "it is Reforger's built-in RCON" },
  { line: 'bercon ban 192.0.2.7 --for 7d', when: "it is Reforger's built-in RCON" },
  { line: 'bercon say hello', when: "it is Reforger's built-in RCON" },
  { line: 'bercon bans export bans.txt', when: "it is Reforger's built-in RCON" },
]

/** Runs every command line, those that need a server at one of their own. */
export async function failuresOfBercon(): Promise<readonly CommandFailure[]> {
  await using arma = await startArma({})
  await using strict = await startArma({ restricted: true })
  await using reforger = await startReforgerSimulator({ password: PASSWORD, bots: false })
  await using hanging = new RconServer({ password: PASSWORD, onCommand: () => new Promise(() => {}) })
  await using strange = new RconServer({ password: PASSWORD, onCommand: () => 'what?' })
  await using silent = createSocket('udp4').bind(0, '127.0.0.1')
  await once(silent, 'listening')
  reforger.world.join({ name: 'Ann' })
  const ports: number[] = []
  const at = ({ port }: { readonly port: number }, game = 'battleye') => {
    ports.push(port)
    return { RCON_PORT: String(port), RCON_PASSWORD: PASSWORD, RCON_GAME: game }
  }
  const runs: readonly CommandRun[] = [
    ...WITHOUT_SERVER,
    ...AT_ARMA.map((run) => ({ ...run, env: at(arma) })),
    ...AT_REFORGER.map((run) => ({ ...run, env: at(reforger, 'reforger') })),
    {
      line: 'bercon players',
      when: 'the password is wrong',
      env: { ...at(arma), RCON_PASSWORD: 'hunter3' },
    },
    { line: 'bercon players --login-timeout 0.5', when: 'nobody answers', env: at(silent.address()) },
    { line: 'bercon exec "kick 3"', when: 'the server restricts RCON', env: at(strict) },
    { line: 'bercon say --timeout 0.5 hello', when: 'the server hangs', env: at(await hanging.listen()) },
    { line: 'bercon bans', when: 'the server answers "what?"', env: at(await strange.listen()) },
  ]
  const failures = await runAll(runs, FILES)
  return failures.map((failure) => asOnThePage(failure, ports))
}

async function startArma(options: { readonly restricted?: boolean }): Promise<Simulator> {
  const simulator = await startSimulator({ password: PASSWORD, bots: false, ...options })
  for (const name of ['Rook', 'Ann', 'ann']) simulator.world.join({ name })
  return simulator
}

// Ports are any that are free, durations those of this run.
function asOnThePage(failure: CommandFailure, ports: readonly number[]): CommandFailure {
  const message = ports
    .reduce((text, port) => text.replaceAll(`:${port}`, ':2306'), failure.message)
    .replace(/\b(in|after|within) [\d.,]+ m?s\b/, '$1 500 ms')
  return { ...failure, message }
}
