import { createRandom, type Random } from '@bercon/protocol/link'
import type { Counterexample } from './explorer.js'
import { brokenPromise } from './promises.js'
import type { Choice, World } from './world.js'

/** How harsh a walk is. */
export interface WalkOptions {
  readonly steps: number
  /** Share of the datagrams that are lost. */
  readonly loss: number
  /** Share of the waits after which the clock jumps, and how far it jumps at most, in ms. */
  readonly jumps: number
  readonly jumpMs: number
}

/** Takes one choice after the other by chance, then lets everybody recover. The same seed takes the same way. */
export function walk(newWorld: () => World, seed: number, options: WalkOptions): Counterexample | undefined {
  const random = createRandom(seed)
  const world = newWorld()
  const schedule: Choice[] = []
  for (let step = 0; step < options.steps; step++) {
    const choices = world.choices()
    if (choices.length === 0) break
    const choice = changed(pick(random, choices, options), random, options)
    schedule.push(choice)
    world.take(choice)
    const broken = brokenPromise(world.ledger)
    if (broken !== undefined) return { ...broken, schedule }
  }
  world.finish()
  const broken = brokenPromise(world.ledger)
  return broken === undefined ? undefined : { ...broken, schedule }
}

/** Rare things are rare: a walk that restarts the server every other step shows little. */
const WEIGHTS: Readonly<Record<Choice['do'], number>> = {
  deliver: 8,
  lose: 0,
  copy: 1,
  answer: 6,
  ask: 4,
  say: 4,
  wait: 2,
  crash: 0.003,
  close: 0.001,
}

function pick(random: Random, choices: readonly Choice[], { loss }: WalkOptions): Choice {
  const total = choices.reduce((sum, choice) => sum + WEIGHTS[choice.do], 0)
  let at = random() * total
  for (const choice of choices) {
    at -= WEIGHTS[choice.do]
    if (at >= 0) continue
    return choice.do === 'deliver' && random() < loss ? { ...choice, do: 'lose' } : choice
  }
  return choices[0] as Choice
}

function changed(choice: Choice, random: Random, { jumps, jumpMs }: WalkOptions): Choice {
  return choice.do === 'wait' && random() < jumps
    ? { do: 'wait', moreMs: Math.floor(random() * jumpMs) }
    : choice
}
