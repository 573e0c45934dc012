// Hostile input to each front, in this process. By hand with a million each: pnpm fuzz:gateway
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createRandom } from '@bercon/server/kit'
import { expect, it } from 'vitest'
import { fuzzBattleye } from './battleye-fuzz.js'
import type { FuzzResult } from './fuzz-scene.js'
import { fuzzHttp } from './http-fuzz.js'
import { fuzzWebSocket } from './websocket-fuzz.js'

const INPUTS = Number(process.env['BERCON_FUZZ_INPUTS'] ?? 1_000)
const SEED = Number(process.env['BERCON_FUZZ_SEED'] ?? 1)
// With many, rounds with a seed of their own, and the heap after each.
const IS_LONG = INPUTS >= 100_000
const ROUNDS = IS_LONG ? 10 : 1
const MOST_GROWTH_BYTES = 10_000_000

const fronts = { BattlEye: fuzzBattleye, HTTP: fuzzHttp, WebSocket: fuzzWebSocket }

it.each(Object.entries(fronts))(
  'nothing fails at the %s front, and nothing that the role does not name reaches the server',
  async (name, fuzz) => {
    const heap: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const result = await fuzz(createRandom(SEED + round), INPUTS / ROUNDS)
      expect(result.errors).toEqual([])
      expect(result.unnamed).toEqual([])
      // Otherwise it shows nothing.
      expect(result.reached).toBeGreaterThan(result.inputs / 200)
      if (IS_LONG) heap.push(heapBytes())
      if (IS_LONG) report(name, round, result, heap)
    }
    // What the compiler and the first round leave is not growth.
    const [first = 0] = heap
    expect((heap.at(-1) ?? 0) - first).toBeLessThan(MOST_GROWTH_BYTES)
  },
  IS_LONG ? 7_200_000 : 60_000,
)

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
  gc()
  return process.memoryUsage().heapUsed
}

function report(
  front: string,
  round: number,
  { inputs, reached, answers }: FuzzResult,
  heap: readonly number[],
): void {
  const heapMb = heap.map((bytes) => (bytes / 1e6).toFixed(1)).join(' ')
  const cpuS = process.cpuUsage().user / 1e6
  console.log(JSON.stringify({ front, inputs: inputs * (round + 1), reached, heapMb, cpuS, answers }))
}
