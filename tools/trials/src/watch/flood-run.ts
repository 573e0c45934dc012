import { startSimulator } from '@bercon/simulator'
import { NumberedLines } from './numbered-lines.js'
import { type Memory, WatchProcess } from './watch-process.js'

const PASSWORD = 'hunter2'
const INTERRUPTED = 130
const MOMENTS = 6
// A reference kept for each of ten thousand lines between two measurements would exceed this.
const FLAT_HEAP_MB = 1
const DRAIN_MS = 30_000

/** The result of a flood of lines. */
export interface FloodResult {
  readonly good: boolean
  readonly said: number
  readonly heard: number
  readonly doubled: number
  readonly disordered: number
  /** Lines that the server could not queue. */
  readonly dropped: number
  readonly gaps: number
  /** Memory of `bercon watch` after a collection, at equal intervals. */
  readonly memory: readonly Memory[]
  readonly exitCode: unknown
}

/** A steady rate of lines for a fixed time, received by `bercon watch` in its own process. */
export async function runFlood(perSecond: number, durationMs: number): Promise<FloodResult> {
  let dropped = 0
  let gaps = 0
  const simulator = await startSimulator({
    password: PASSWORD,
    bots: false,
    onEvent: ({ type }) => {
      if (type === 'messageDropped') dropped++
    },
  })
  const lines = new NumberedLines(simulator)
  const watch = new WatchProcess(simulator.port, PASSWORD, (line) => {
    if (line.type === 'gap') gaps++
    lines.hear(line)
  })
  await watch.next('adminLogin')
  const memory: Memory[] = []
  // Code compiled and cached at the start is not caused by the flood.
  await lines.send(perSecond, durationMs / 10)
  memory.push(await watch.memory())
  for (let moment = 1; moment < MOMENTS; moment++) {
    await lines.send(perSecond, (durationMs * 0.9) / (MOMENTS - 1))
    memory.push(await watch.memory())
  }
  for (let waitedMs = 0; lines.heard < lines.said && waitedMs < DRAIN_MS; waitedMs += 100)
    await new Promise((resolve) => setTimeout(resolve, 100))
  const exitCode = await watch.stop()
  await simulator.close()
  const { said, heard, doubled, disordered } = lines
  const heaps = memory.map(({ heapMb }) => heapMb)
  const isFlat = Math.max(...heaps) - Math.min(...heaps) < FLAT_HEAP_MB
  const isWhole = heard === said && doubled + disordered + dropped + gaps === 0
  const good = isWhole && isFlat && exitCode === INTERRUPTED
  return { good, said, heard, doubled, disordered, dropped, gaps, memory, exitCode }
}
