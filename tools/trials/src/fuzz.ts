import { runFuzzTrial } from './fuzz-trial.js'

const DATAGRAMS = 10_000_000
const ROUNDS = 10
const MOST_GROWTH_BYTES = 5_000_000

const { gc } = globalThis
if (gc === undefined) throw new Error('Run with --expose-gc')

function heapBytes(): number {
  gc?.()
  return process.memoryUsage().heapUsed
}

const seed = Number(process.argv[2] ?? 1)
// Memory left by the compiler and the first round is not growth.
runFuzzTrial(seed, 100_000)
const before = heapBytes()
const start = performance.now()
let checksummed = 0
const states: Record<string, number> = {}
const events: Record<string, number> = {}
for (let round = 0; round < ROUNDS; round++) {
  const result = runFuzzTrial(seed + round, DATAGRAMS / ROUNDS)
  checksummed += result.checksummed
  for (const [name, count] of Object.entries(result.states)) states[name] = (states[name] ?? 0) + count
  for (const [name, count] of Object.entries(result.events)) events[name] = (events[name] ?? 0) + count
  console.log(`${(round + 1) * 10} %: heap ${((heapBytes() - before) / 1e6).toFixed(2)} MB above the start`)
}
const growth = heapBytes() - before
console.log(
  `${DATAGRAMS} datagrams, ${checksummed} with a right checksum, in ${((performance.now() - start) / 1_000).toFixed(0)} s`,
)
console.log('states', states)
console.log('events', events)
console.log(`no exception; heap ${(growth / 1e6).toFixed(2)} MB above the start`)
if (growth > MOST_GROWTH_BYTES) process.exitCode = 1
