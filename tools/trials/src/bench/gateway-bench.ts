import { cpuOf } from './child-cpu.js'
import { type OpenWay, openWays, type Way } from './gateway-ways.js'
import { type Figure, median } from './rounds.js'

const TEXT = 'say -1 the server restarts in 5 minutes!'
const ROUNDS = 7
const RUNS = [
  { window: 64, commands: 4_000 },
  { window: 1, commands: 1_000 },
]
// The fastest twentieth: what a round trip costs when no other work comes between.
const FAST = 0.05

const NAMES: Readonly<Record<Exclude<Way, 'direct'>, string>> = {
  relay: 'through a relay of datagrams that reads nothing',
  battleye: 'through a gateway by battleye',
  'frame relay': 'through a relay of frames that reads nothing',
  websocket: 'through a gateway by websocket',
}

const GOALS: Readonly<Record<string, string>> = {
  'battleye 64': 'at least 0.6',
  'websocket 64': 'at least 0.5',
  'battleye 1': 'at most 1.2',
  'websocket 1': 'at most 1.2',
}

/** Time of one run, and CPU of the process between the client and the server. */
interface Cost {
  readonly wallMs: number
  readonly cpuMs: number
}

/** Commands through a gateway in another process, in turn with commands by every other way to the same server. */
export async function gatewayBench(): Promise<readonly Figure[]> {
  const { ways, close } = await openWays(TEXT)
  const names = Object.keys(ways) as Way[]
  const figures: Figure[] = []
  for (const { window, commands } of RUNS) {
    const costs = new Map(names.map((name) => [name, [] as Cost[]]))
    for (const name of names) await ways[name].run(commands, window)
    for (let round = 0; round < ROUNDS; round++)
      for (const name of names) costs.get(name)?.push(await costOf(ways[name], commands, window))
    const direct = costs.get('direct') ?? []
    for (const name of names)
      if (name !== 'direct')
        figures.push(...figuresOf(name, { window, commands }, costs.get(name) ?? [], direct))
    figures.push({
      what: `commands sent directly, ${window} at a time`,
      figure: perSecond(direct, commands),
      unit: 'commands/s',
    })
  }
  figures.push(...(await fastFigures(ways)))
  await close()
  return figures
}

/** Round trips one at a time, each timed by itself, in turn by every way. */
async function fastFigures(ways: Readonly<Record<Way, OpenWay>>): Promise<readonly Figure[]> {
  const names = Object.keys(ways) as Way[]
  const times = new Map(names.map((name) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round++)
    for (const name of names)
      for (let count = 0; count < 300; count++) {
        const start = performance.now()
        await ways[name].run(1, 1)
        times.get(name)?.push((performance.now() - start) * 1_000)
      }
  return names.map((name) => {
    const sorted = (times.get(name) ?? []).sort((a, b) => a - b)
    const what = name === 'direct' ? 'a command sent directly' : `a command ${NAMES[name]}`
    return {
      what,
      figure: sorted[Math.floor(sorted.length * FAST)] ?? Number.NaN,
      unit: 'µs, the fastest twentieth',
    }
  })
}

async function costOf({ run, between }: OpenWay, commands: number, window: number): Promise<Cost> {
  const cpu = between === undefined ? 0 : await cpuOf(between)
  const start = performance.now()
  await run(commands, window)
  const wallMs = performance.now() - start
  return { wallMs, cpuMs: between === undefined ? 0 : (await cpuOf(between)) - cpu }
}

function figuresOf(
  way: Exclude<Way, 'direct'>,
  { window, commands }: { readonly window: number; readonly commands: number },
  costs: readonly Cost[],
  direct: readonly Cost[],
): readonly Figure[] {
  const what = `commands ${NAMES[way]}, ${window} at a time`
  const goal = GOALS[`${way} ${window}`]
  const times = median(costs.map(({ wallMs }, round) => wallMs / (direct[round]?.wallMs ?? wallMs)))
  const ratio =
    window === 1
      ? { figure: times - 1, unit: 'of a direct round trip is added' }
      : { figure: 1 / times, unit: 'of the direct speed' }
  const cpu = (median(costs.map(({ cpuMs }) => cpuMs)) / commands) * 1_000
  return [
    { what, ...ratio, ...(goal !== undefined && { goal }) },
    { what, figure: perSecond(costs, commands), unit: 'commands/s' },
    { what, figure: cpu, unit: 'µs of CPU a command, of the process between' },
  ]
}

function perSecond(costs: readonly Cost[], commands: number): number {
  return commands / (median(costs.map(({ wallMs }) => wallMs)) / 1_000)
}
