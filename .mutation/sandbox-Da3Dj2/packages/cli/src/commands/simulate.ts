// @ts-nocheck
import { once } from 'node:events'
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import { print } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { run } from '../run.js'
import { checkPort, variable } from '../settings/checks.js'

/** The flags of `bercon simulate`; numbers are checked by the simulator itself, times are in seconds. */
interface SimulateFlags {
  readonly host: string
  readonly port: string
  readonly passwordFile?: string
  readonly world: 'arma3' | 'dayz' | 'reforger'
  readonly bots: boolean
  readonly hostileNames?: boolean
  readonly restricted?: boolean
  readonly maxLoginAttempts?: number
  readonly seed?: number
  readonly players?: number
  readonly maxPlayers?: number
  readonly joinEvery?: number
  readonly stay?: number
  readonly chatEvery?: number
  readonly loss?: number
  readonly repeat?: number
  readonly reorder?: number
  readonly corrupt?: number
  readonly minDelay?: number
  readonly maxDelay?: number
}

/** Numbers are checked where they are used, so that the message names the range. */
const NUMBERS: readonly (readonly [flag: string, text: string])[] = [
  ['--seed <number>', 'random seed: the same seed makes the same game'],
  ['--players <number>', 'players at the start'],
  ['--max-players <number>', 'maximum players'],
  ['--join-every <seconds>', 'mean time between two joins'],
  ['--stay <seconds>', 'mean time a player stays'],
  ['--chat-every <seconds>', 'mean time between two chat lines of a player'],
  ['--max-login-attempts <number>', 'wrong passwords checked per minute and address'],
  ['--loss <rate>', 'share of datagrams lost, each way, from 0 to 1'],
  ['--repeat <rate>', 'share of datagrams delivered twice'],
  ['--reorder <rate>', 'share of datagrams delivered out of order'],
  ['--corrupt <rate>', 'share of datagrams delivered damaged'],
  ['--min-delay <ms>', 'minimum network delay'],
  ['--max-delay <ms>', 'maximum network delay'],
]

export const command: BerconCommand = {
  name: 'simulate',
  about: 'run a simulated server until Ctrl-C, to try other commands',
  examples: ['bercon simulate --seed 7 --loss 0.2', 'RCON_PASSWORD=simulator bercon players --port 2306'],
  define: (command) => {
    const world = command.createOption('--world <world>', 'the game').choices(['arma3', 'dayz', 'reforger'])
    command
      .addOption(world.default('arma3'))
      .option('--host <host>', 'address to listen on', '127.0.0.1')
      .option('--port <port>', 'port to listen on; 0 picks a free one', '2306')
      .option('--password-file <file>', 'file with the password (or RCON_PASSWORD; default "simulator")')
      .option('--no-bots', 'no simulated activity')
      .option('--hostile-names', 'add players with names and texts that break parsers')
      .option('--restricted', 'behave as with RestrictRCon 1')
      .action((flags: SimulateFlags) => run((signal) => simulate(flags, signal), {}))
    for (const [flag, text] of NUMBERS) command.option(flag, text, Number)
  },
}

/** The default password; it is no secret. */
const USUAL_PASSWORD = 'simulator'
const SECOND_MS = 1_000

/** `bercon simulate`: runs until it is interrupted; at a terminal you can direct its players. */
async function simulate(flags: SimulateFlags, signal: AbortSignal): Promise<number> {
  const [{ direct }, { readPasswordFile }] = await Promise.all([
    import('../shell/simulator-prompt.js'),
    import('../settings/password.js'),
  ])
  const given =
    flags.passwordFile === undefined ? variable('RCON_PASSWORD') : readPasswordFile(flags.passwordFile)
  const simulator = await startWorld(flags, given ?? USUAL_PASSWORD)
  try {
    const hint = given === undefined ? `the password is ${USUAL_PASSWORD}` : 'with your password'
    const place = `${simulator.address} port ${simulator.port}`
    print(`${oneLine(`${flags.world} runs at ${place}, ${hint}`)}\n`)
    if ((await direct(simulator.world, signal)) === 'nobody') await once(signal, 'abort')
    return EXIT.done
  } finally {
    await simulator.close()
  }
}

async function startWorld(flags: SimulateFlags, password: string) {
  const { startReforgerSimulator, startSimulator } = await import('@bercon/simulator')
  const server = {
    password,
    host: flags.host,
    port: flags.port === '0' ? 0 : checkPort('--port', flags.port),
    ...known({ maxLoginAttempts: flags.maxLoginAttempts }),
    network: known({
      seed: flags.seed,
      loss: flags.loss,
      repeat: flags.repeat,
      reorder: flags.reorder,
      corrupt: flags.corrupt,
      minDelayMs: flags.minDelay,
      maxDelayMs: flags.maxDelay ?? flags.minDelay,
    }),
  }
  const world = known({
    seed: flags.seed,
    bots: flags.bots,
    hostileNames: flags.hostileNames,
    initialPlayers: flags.players,
    maxPlayers: flags.maxPlayers,
    joinIntervalMs: inMs(flags.joinEvery),
    stayMs: inMs(flags.stay),
  })
  if (flags.world === 'reforger') return startReforgerSimulator({ ...server, ...world })
  const battleye = known({ restricted: flags.restricted, chatIntervalMs: inMs(flags.chatEvery) })
  return startSimulator({ ...server, ...world, ...battleye, game: flags.world })
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * SECOND_MS
}

type Known<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> }

/** The entries that have a value. */
function known<T extends object>(options: T): Known<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Known<T>
}
