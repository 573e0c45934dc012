import { checkNumber } from '@bercon/protocol'
import { type Clock, systemClock } from '@bercon/protocol/driver'
import { type CaseNeed, type ConformanceCase, type RuleLevel, unseen, type Verdict, wrong } from './case.js'
import type { StartClient } from './client-kit/adapter.js'
import { CLIENT_CASES } from './client-kit/client-cases.js'
import {
  BrokenClient,
  type ClientCase,
  ClientWorld,
  NoLogin as NoClientLogin,
} from './client-kit/client-world.js'
import { type LoggedDatagram, PacketLog } from './packet-log.js'
import { type OpenProbeSocket, openUdpSocket } from './probe-socket.js'
import { SERVER_CASES } from './server-kit/server-cases.js'
import {
  type Admission,
  NoLogin,
  type ServerCase,
  type ServerUnderTest,
  ServerWorld,
} from './server-kit/server-world.js'

/** What a case found, with what the peer did and the datagrams. */
export interface CaseResult extends Verdict {
  readonly id: string
  readonly rule: string
  readonly level: RuleLevel
  readonly title: string
  readonly right: string
  readonly datagrams: readonly LoggedDatagram[]
  /** How many datagrams were not kept. */
  readonly datagramsLeft: number
}

/** Where the cases run; real time and UDP unless given. */
export interface RunOptions {
  /** What the cases may need; those that need more are left out. @default concurrency */
  readonly allow?: readonly CaseNeed[]
  /** The ids of the cases to run; all of them if empty or not given. */
  readonly only?: readonly string[]
  /** How many cases run at once. Those about a server run one after the other. @default 4 */
  readonly atOnce?: number
  readonly clock?: Clock
  readonly openSocket?: OpenProbeSocket
  /** Called with each result as it comes. */
  readonly onResult?: (result: CaseResult) => void
}

/**
 * Tries a server: logs in as one client and another, and reads. Nothing it sends changes the server, unless `allow`
 * contains `change`.
 *
 * @throws `InvalidArgumentError` for a port that is none.
 * @example
 * ```ts
 * import { runServerCases } from '@bercon/conformance'
 *
 * const endpoint = { address: '127.0.0.1', port: 2306 }
 * const results = await runServerCases({ endpoint, password: 'hunter2' }, { only: ['login-accepted'] })
 * console.log(results[0]?.verdict) // right
 * ```
 */
export async function runServerCases(
  server: ServerUnderTest,
  options: RunOptions = {},
): Promise<readonly CaseResult[]> {
  const { clock = systemClock, openSocket = openUdpSocket } = options
  checkNumber('port', server.endpoint.port, { min: 1, max: 65_535, integer: true })
  const results: CaseResult[] = []
  const admission: Admission = { state: 'never-in' }
  for (const each of chosen(SERVER_CASES, options)) {
    const log = new PacketLog(clock)
    const world = new ServerWorld(server, admission, { clock, openSocket }, log)
    const verdict = admission.state === 'over' ? NOT_TRIED : await verdictOf(() => each.run(world))
    world.close()
    const result = report(resultOf(each, verdict, log.flood('server'), log), options)
    results.push(result)
    // Further logins would show nothing, and a server can ban who sends it a wrong password fifty times.
    if (isNoLogin(result)) admission.state = 'over'
  }
  return results
}

/** Tries a client: each case starts one, with a server of its own for it. */
export async function runClientCases(
  start: StartClient,
  options: RunOptions = {},
): Promise<readonly CaseResult[]> {
  const { clock = systemClock, openSocket = openUdpSocket, atOnce = 4 } = options
  const cases = chosen(CLIENT_CASES, options)
  const results = new Map<ClientCase, CaseResult>()
  const waiting = [...cases]
  const tryCase = async (each: ClientCase) => {
    const log = new PacketLog(clock)
    const world = new ClientWorld(start, clock, openSocket, log)
    const verdict = await verdictOf(async () => {
      await world.begin()
      return each.run(world)
    })
    world.end()
    const result = report(resultOf(each, verdict, log.flood('client'), log), options)
    results.set(each, result)
    return result
  }
  const first = waiting.shift()
  // Alone: one that does not log in would let every other case wait for nothing.
  if (first !== undefined && isNoLogin(await tryCase(first)))
    for (const each of waiting.splice(0))
      results.set(each, report(resultOf(each, NOT_TRIED, undefined, new PacketLog(clock)), options))
  const work = async () => {
    for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) await tryCase(each)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return cases.flatMap((each) => results.get(each) ?? [])
}

function chosen<World>(
  cases: readonly ConformanceCase<World>[],
  { allow = ['concurrency'], only = [] }: RunOptions,
): readonly ConformanceCase<World>[] {
  return cases.filter(
    ({ id, needs }) =>
      (needs === undefined || allow.includes(needs)) && (only.length === 0 || only.includes(id)),
  )
}

const NOT_TRIED = unseen('not tried, because nobody is logged in')

/** Whether this is the case of the right password, and it failed. */
function isNoLogin({ id, verdict }: CaseResult): boolean {
  return id === 'login-accepted' && verdict === 'wrong'
}

async function verdictOf(run: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await run()
  } catch (error) {
    // Nobody tries further where the case of the right password has failed, so this one was let in before, or alone.
    if (error instanceof NoLogin || error instanceof NoClientLogin) return wrong(error.message)
    if (error instanceof BrokenClient) return wrong(error.message)
    throw error
  }
}

function resultOf(
  { id, rule, level, title, right }: ServerCase | ClientCase,
  verdict: Verdict,
  flood: string | undefined,
  log: PacketLog,
): CaseResult {
  const found = flood === undefined ? verdict : wrong(flood)
  return { id, rule, level, title, right, ...found, datagrams: log.entries, datagramsLeft: log.left }
}

function report(result: CaseResult, { onResult }: RunOptions): CaseResult {
  onResult?.(result)
  return result
}
