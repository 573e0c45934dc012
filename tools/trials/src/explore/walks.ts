import { createRandom, type Random } from '@bercon/protocol/link'
import type { Counterexample } from './explorer.js'
import { brokenPromise } from './promises.js'
import type { NewWorld, World } from './world.js'

/** How harsh a walk is. */
export interface WalkOptions {
  readonly steps: number
  /** Share of the datagrams that are lost, where a world can lose them. */
  readonly loss: number
  /** Share of the datagrams that wait while many others pass them, mostly for minutes. */
  readonly late: number
  /** Share of the waits after which the clock jumps, and how far it jumps at most, in ms. */
  readonly jumps: number
  readonly jumpMs: number
}

/** What all choices have in common, as far as a walk changes them. */
interface Choice {
  readonly do: string
  readonly datagram?: number
}

/** How a walk ended. */
export interface Walk<Any> {
  /** The world at the end, when everybody has recovered. */
  readonly world: World<Any>
  /** How long the slowest datagram was on its way, in ms. */
  readonly longestDelayMs: number
  readonly counterexample: Counterexample<Any> | undefined
}

/** A walk of 60 % loss, with a clock that jumps by up to a minute and datagrams that are minutes late. */
export const HARSH: WalkOptions = { steps: 1_500, loss: 0.6, late: 0.1, jumps: 0.1, jumpMs: 60_000 }

/** Takes one choice after the other by chance, then lets everybody recover. The same seed takes the same way. */
export async function walk<Any extends Choice>(
  newWorld: NewWorld<Any>,
  seed: number,
  options: WalkOptions,
): Promise<Walk<Any>> {
  const random = createRandom(seed)
  const world = await newWorld()
  const schedule: Any[] = []
  const delays = new Delays(random, options.late)
  const end = (): Walk<Any> => {
    const broken = brokenPromise(world.ledger)
    const counterexample = broken === undefined ? undefined : { ...broken, schedule }
    return { world, longestDelayMs: delays.longestMs, counterexample }
  }
  for (let step = 0; step < options.steps; step++) {
    const choices = world.choices()
    const picked = pick(random, choices, (choice) => delays.weightOf(choice, world.ledger.now))
    if (picked === undefined) break
    const choice = changed(picked, choices, random, options)
    schedule.push(choice)
    delays.take(choice, world.ledger.now)
    await world.take(choice)
    if (brokenPromise(world.ledger) !== undefined) return end()
  }
  await world.finish()
  return end()
}

/** Rare things are rare: a walk that restarts the server every other step shows little. */
const WEIGHTS: Readonly<Record<string, number>> = {
  deliver: 8,
  lose: 0,
  copy: 1,
  answer: 6,
  fail: 0.5,
  ask: 4,
  say: 4,
  wait: 2,
  hop: 6,
  lease: 0.1,
  crash: 0.003,
  close: 0.001,
  open: 1,
  outage: 0.003,
  'break-lookup': 0.01,
  'break-socket': 0.01,
  'open-channel': 4,
  'refuse-channel': 1,
  'see-end': 1,
  cut: 0.02,
  hold: 0.1,
  hang: 0.1,
  heal: 0.3,
  resume: 0.3,
  start: 0.02,
}
// A late one is as rarely copied as it arrives.
const WEIGHT_OF_LATE = 0.002

/** Which datagrams are late, and how late they have become. */
class Delays {
  longestMs = 0
  readonly #random: Random
  readonly #late: number
  readonly #seen = new Map<number, { readonly at: number; readonly isLate: boolean }>()

  constructor(random: Random, late: number) {
    this.#random = random
    this.#late = late
  }

  weightOf(choice: Choice, now: number): number {
    const weight = WEIGHTS[choice.do] ?? 1
    const { datagram } = choice
    if (datagram === undefined) return weight
    const seen = this.#seen.get(datagram) ?? { at: now, isLate: this.#random() < this.#late }
    this.#seen.set(datagram, seen)
    return seen.isLate ? weight * WEIGHT_OF_LATE : weight
  }

  take({ do: what, datagram }: Choice, now: number): void {
    const seen = datagram === undefined || what !== 'deliver' ? undefined : this.#seen.get(datagram)
    if (seen !== undefined) this.longestMs = Math.max(this.longestMs, now - seen.at)
  }
}

function pick<Any>(
  random: Random,
  choices: readonly Any[],
  weightOf: (choice: Any) => number,
): Any | undefined {
  const weights = choices.map(weightOf)
  let at = random() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, choice] of choices.entries()) {
    at -= weights[index] ?? 0
    if (at < 0) return choice
  }
  return choices[0]
}

/** A delivery can become a loss, and a wait a jump of the clock. */
function changed<Any extends Choice>(
  choice: Any,
  choices: readonly Any[],
  random: Random,
  { loss, jumps, jumpMs }: WalkOptions,
): Any {
  if (choice.do === 'deliver' && random() < loss)
    return choices.find((each) => each.do === 'lose' && each.datagram === choice.datagram) ?? choice
  if (choice.do === 'wait' && random() < jumps) return { ...choice, moreMs: Math.floor(random() * jumpMs) }
  return choice
}
