import { brokenPromise } from './promises.js'
import type { Choice, World } from './world.js'

/** How far to look. */
export interface Budget {
  /** Choices in a schedule, after which everybody recovers. */
  readonly depth: number
  /** States to visit at most. */
  readonly states: number
}

/** A schedule that breaks a promise. */
export interface Counterexample {
  readonly promise: string
  readonly breach: string
  readonly schedule: readonly Choice[]
}

/** What an exploration saw. */
export interface Exploration {
  readonly states: number
  /** Every schedule of so many choices was walked. */
  readonly depth: number
  /** States that were reached again another way, and not walked twice. */
  readonly again: number
  /** Whether there is no longer schedule, or none within the depth asked for. */
  readonly isComplete: boolean
  readonly counterexample: Counterexample | undefined
}

/** A schedule without its copy: the choices before it are another's. */
interface Path {
  readonly before: Path | undefined
  readonly choice: Choice
}

/** Walks all schedules up to a depth, each state once, the shortest schedules first. Stops at a counterexample. */
export function explore(newWorld: () => World, budget: Budget): Exploration {
  const seen = new Set<string>()
  let [again, reached] = [0, 0]
  let frontier: (Path | undefined)[] = [undefined]
  for (let depth = 0; depth <= budget.depth && frontier.length > 0; depth++) {
    reached = depth - 1
    const next: Path[] = []
    for (const path of frontier) {
      if (seen.size >= budget.states) return result(false)
      const schedule = choicesOf(path)
      const world = replayed(newWorld, schedule)
      const broken = brokenPromise(world.ledger)
      if (broken !== undefined) return result(false, { ...broken, schedule })
      const fingerprint = world.fingerprint()
      if (seen.has(fingerprint)) {
        again++
        continue
      }
      seen.add(fingerprint)
      if (depth < budget.depth) for (const choice of world.choices()) next.push({ before: path, choice })
      world.finish()
      const brokenLater = brokenPromise(world.ledger)
      if (brokenLater !== undefined) return result(false, { ...brokenLater, schedule })
    }
    frontier = next
  }
  return result(true)

  function result(isComplete: boolean, counterexample?: Counterexample): Exploration {
    return { states: seen.size, depth: isComplete ? reached + 1 : reached, again, isComplete, counterexample }
  }
}

function choicesOf(path: Path | undefined): readonly Choice[] {
  const choices: Choice[] = []
  for (let each = path; each !== undefined; each = each.before) choices.push(each.choice)
  return choices.reverse()
}

/** The world after these choices. */
export function replayed(newWorld: () => World, schedule: readonly Choice[]): World {
  const world = newWorld()
  for (const choice of schedule) world.take(choice)
  return world
}
