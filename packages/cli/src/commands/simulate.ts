import { once } from 'node:events'
import { startReforgerSimulator, startSimulator } from '@bercon/simulator'
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import { print } from '../output/terminal.js'
import { checkPort } from '../settings/checks.js'
import { variable } from '../settings/environment.js'
import { readPasswordFile } from '../settings/password.js'
import { direct } from './simulate-prompt.js'

/** The flags of `bercon simulate`; numbers are checked by the simulator itself, times are in seconds. */
export interface SimulateFlags {
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

/** The password where none is given; everybody may know it. */
const USUAL_PASSWORD = 'simulator'
const SECOND_MS = 1_000

/** `bercon simulate`: runs until it is interrupted; at a terminal its players can be directed meanwhile. */
export async function simulate(flags: SimulateFlags, signal: AbortSignal): Promise<number> {
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

function startWorld(flags: SimulateFlags, password: string) {
  const server = {
    password,
    host: flags.host,
    port: flags.port === '0' ? 0 : checkPort('--port', flags.port),
    ...known({ maxLoginAttempts: flags.maxLoginAttempts }),
    link: known({
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
