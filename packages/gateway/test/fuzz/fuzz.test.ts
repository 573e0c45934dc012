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
const IS_LONG = INPUTS >= 100_000
const WARM_UP = 20_000
const MOST_GROWTH_BYTES = 10_000_000

const fronts = { BattlEye: fuzzBattleye, HTTP: fuzzHttp, WebSocket: fuzzWebSocket }

it.each(Object.entries(fronts))(
  'nothing fails at the %s front, and nothing that the role does not name reaches the server',
  async (name, fuzz) => {
    if (IS_LONG) await fuzz(createRandom(SEED + 1), WARM_UP)
    const before = heapBytes()
    const begun = performance.now()
    const result = await fuzz(createRandom(SEED), INPUTS)
    const growth = heapBytes() - before
    if (IS_LONG) report(name, result, { growth, seconds: (performance.now() - begun) / 1_000 })
    expect(result.errors).toEqual([])
    expect(result.unnamed).toEqual([])
    // Otherwise it shows nothing.
    expect(result.reached).toBeGreaterThan(INPUTS / 200)
    if (IS_LONG) expect(growth).toBeLessThan(MOST_GROWTH_BYTES)
  },
  IS_LONG ? 7_200_000 : 60_000,
)

function heapBytes(): number {
  if (!IS_LONG) return 0
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
  gc()
  return process.memoryUsage().heapUsed
}

function report(name: string, { inputs, reached, answers }: FuzzResult, rest: object): void {
  console.log(name, { inputs, reached, ...rest, answers })
}
