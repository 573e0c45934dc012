import { brokenPromise } from './promises.js'
import type { Branch, Glimpse, NewWorld, World } from './world.js'

/** How far to look. */
export interface Budget {
  /** Choices in a schedule, after which everybody recovers. */
  readonly depth: number
  /** States to visit at most. */
  readonly states: number
}

/** A schedule that breaks a promise. */
export interface Counterexample<Choice> {
  readonly promise: string
  readonly breach: string
  readonly schedule: readonly Choice[]
}

/** What an exploration saw. */
export interface Exploration<Choice> {
  readonly states: number
  /** Every schedule of so many choices was walked. */
  readonly depth: number
  /** States that were reached again another way, and not walked twice. */
  readonly again: number
  /** Whether there is no longer schedule, or none within the depth asked for. */
  readonly isComplete: boolean
  readonly counterexample: Counterexample<Choice> | undefined
}

/** A schedule without its copy: the choices before it are another's. */
interface Path<Choice> extends Branch<Choice> {
  readonly before: Path<Choice> | undefined
}

/** Walks all schedules up to a depth, each state once, the shortest schedules first. Stops at a counterexample. */
export async function explore<Choice>(
  newWorld: NewWorld<Choice>,
  budget: Budget,
): Promise<Exploration<Choice>> {
  const seen = new Set<string>()
  let [again, reached] = [0, 0]
  let frontier: (Path<Choice> | undefined)[] = [undefined]
  for (let depth = 0; depth <= budget.depth && frontier.length > 0; depth++) {
    reached = depth - 1
    const next: Path<Choice>[] = []
    for (const path of frontier) {
      if (seen.size >= budget.states) return result(false)
      if (path?.glimpse !== undefined) {
        isNew(path, path.glimpse)
        continue
      }
      const schedule = choicesOf(path)
      const world = await replayed(newWorld, schedule)
      const broken = brokenPromise(world.ledger)
      if (broken !== undefined) return result(false, { ...broken, schedule })
      const branches = world.choices().map((choice) => ({ choice, glimpse: world.glimpse?.(choice) }))
      if (!isNew(path, { fingerprint: world.fingerprint(), next: branches })) continue
      await world.finish()
      const brokenLater = brokenPromise(world.ledger)
      if (brokenLater !== undefined) return result(false, { ...brokenLater, schedule })
    }
    frontier = depth < budget.depth ? next : []

    /** Adds what follows a state; returns `false` if it was reached before. */
    function isNew(path: Path<Choice> | undefined, here: Glimpse<Choice>): boolean {
      if (seen.has(here.fingerprint)) {
        again++
        return false
      }
      seen.add(here.fingerprint)
      for (const branch of here.next) next.push({ before: path, ...branch })
      return true
    }
  }
  return result(true)

  function result(isComplete: boolean, counterexample?: Counterexample<Choice>): Exploration<Choice> {
    return { states: seen.size, depth: isComplete ? reached + 1 : reached, again, isComplete, counterexample }
  }
}

function choicesOf<Choice>(path: Path<Choice> | undefined): readonly Choice[] {
  const choices: Choice[] = []
  for (let each = path; each !== undefined; each = each.before) choices.push(each.choice)
  return choices.reverse()
}

/**
 * The world after these choices.
 *
 * @param newWorld may be missing: a test that was pasted names it by a text.
 */
export async function replayed<Choice>(
  newWorld: NewWorld<Choice> | undefined,
  schedule: readonly Choice[],
): Promise<World<Choice>> {
  if (newWorld === undefined) throw new Error('there is no world of this name')
  const world = await newWorld()
  for (const choice of schedule) await world.take(choice)
  return world
}
