import { startSimulator } from '@bercon/simulator'
import { UdpProxy } from '../udp/udp-proxy.js'
import { NumberedLines } from './numbered-lines.js'
import { type WatchedLine, WatchProcess } from './watch-process.js'

const PASSWORD = 'hunter2'
const DOWN_MS = 3_000
const BEFORE_MS = 10_000
const AFTER_MS = 5_000
const DRAIN_MS = 15_000

/** Options of a run over a restart. */
export interface RestartOptions {
  readonly perSecond: number
  /** Loss in each direction. */
  readonly loss: number
  readonly seed: number
}

/** The outcome of lines that were sent continuously while the server went away and returned. */
export interface RestartResult {
  readonly good: boolean
  readonly said: number
  readonly heard: number
  readonly doubled: number
  /** Lines that were never received … */
  readonly missed: number
  /** … those sent during a login, and lost with it if the link loses datagrams … */
  readonly missedWhileIn: number
  /** … and those of them that were sent outside every reported gap. */
  readonly missedInNoGap: number
  readonly gaps: readonly { readonly from: string; readonly to: string }[]
  /** Time from the server's return to the next login, in s. */
  readonly backAfterS: number
}

/** `bercon watch` during a restart of the server, which sends lines all the time. */
export async function runRestart({ perSecond, loss, seed }: RestartOptions): Promise<RestartResult> {
  const simulator = await startSimulator({ password: PASSWORD, bots: false })
  const proxy = new UdpProxy(simulator.port, { seed, loss, minDelayMs: 1, maxDelayMs: 5 })
  const lines = new NumberedLines(simulator)
  const gaps: { readonly from: string; readonly to: string }[] = []
  const watch = new WatchProcess(await proxy.listen(), PASSWORD, (line) => {
    const { type, from, to } = line
    if (type === 'gap') gaps.push({ from: String(from), to: String(to) })
    lines.hear(line)
  })
  await watch.next('adminLogin')
  await lines.send(perSecond, BEFORE_MS)
  const wentAt = Date.now()
  simulator.crash()
  await lines.send(perSecond, DOWN_MS)
  const revivedAt = Date.now()
  simulator.revive()
  const back = watch.next('gap')
  const backAfterS = Math.round((await sendUntil(back, lines, perSecond)) - revivedAt) / 1_000
  await lines.send(perSecond, AFTER_MS)
  // Over a lossy link the last of them are sent repeatedly.
  const repeatMs = loss === 0 ? 500 : DRAIN_MS
  await new Promise((resolve) => setTimeout(resolve, repeatMs))
  await watch.stop()
  proxy.close()
  await simulator.close()
  const missed = lines.missed()
  const isInGap = (at: number) => gaps.some(({ from, to }) => at >= Date.parse(from) && at <= Date.parse(to))
  const missedInNoGap = missed.filter((at) => !isInGap(at)).length
  const isWhileIn = (at: number) => at < wentAt || gaps.some(({ to }) => at > Date.parse(to))
  const missedWhileIn = missed.filter(isWhileIn).length
  const { said, heard, doubled } = lines
  const isNamed = heard + missed.length === said && missed.length > 0 && missedInNoGap + doubled === 0
  const good = isNamed && (loss > 0 || missedWhileIn === 0)
  return { good, said, heard, doubled, missed: missed.length, missedWhileIn, missedInNoGap, gaps, backAfterS }
}

/** Sends lines until an event arrives, and returns its time, in ms since 1970. */
async function sendUntil(
  coming: Promise<WatchedLine>,
  lines: NumberedLines,
  perSecond: number,
): Promise<number> {
  let at: number | undefined
  void coming.then(() => {
    at = Date.now()
  })
  while (at === undefined) await lines.send(perSecond, 100)
  return at
}
