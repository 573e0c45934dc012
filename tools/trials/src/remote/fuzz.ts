import { report } from '../report.js'
import { runCutTrial } from './cut-trial.js'
import { runRemoteFuzzTrial } from './fuzz-trial.js'

const TEXTS = 1_000_000
const ROUNDS = 10
const MOST_GROWTH_BYTES = 5_000_000
const SEEDS = 100

const { gc } = globalThis
if (gc === undefined) throw new Error('Run with --expose-gc')

function heapBytes(): number {
  gc?.()
  return process.memoryUsage().heapUsed
}

const seed = Number(process.argv[2] ?? 1)

await report(`${TEXTS} hostile texts to each side of a channel`, async () => {
  // What the compiler and the first round leave is not growth.
  await runRemoteFuzzTrial(seed, 50_000)
  const before = heapBytes()
  let left = 0
  let channels = 0
  for (let round = 0; round < ROUNDS; round++) {
    const result = await runRemoteFuzzTrial(seed + round, TEXTS / ROUNDS)
    left += result.unsettled + result.timersLeft
    channels += result.hostChannels + result.userChannels
  }
  const growth = heapBytes() - before
  return { channels, left, heapGrowthMb: growth / 1e6, good: left === 0 && growth < MOST_GROWTH_BYTES }
})

await report(`${SEEDS} × 100 channels cut at random moments`, async () => {
  const sum = {
    commands: 0,
    answered: 0,
    messages: 0,
    received: 0,
    unsettled: 0,
    wrong: 0,
    receivedTwice: 0,
    unnamed: 0,
  }
  for (let each = seed; each < seed + SEEDS; each++) {
    const result = await runCutTrial(each, 100)
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += result[name]
  }
  return { ...sum, good: sum.unsettled + sum.wrong + sum.receivedTwice + sum.unnamed === 0 }
})
