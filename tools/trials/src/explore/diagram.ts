import { type Counterexample, replayed } from './explorer.js'
import type { Step, World } from './world.js'

/** A counterexample for people: the promise, a sequence diagram of the way there, and a test to paste. */
export function shown(newWorld: () => World, name: string, counterexample: Counterexample): string {
  const { promise, breach, schedule } = counterexample
  const world = replayed(newWorld, schedule)
  const before = world.steps.length
  world.finish()
  return [
    `BROKEN: ${promise}`,
    `        ${breach}`,
    '',
    ...world.steps.slice(0, before).map(inWords),
    '-- from here on nothing goes wrong --',
    ...world.steps.slice(before, before + MOST_SHOWN).map(inWords),
    ...(world.steps.length > before + MOST_SHOWN
      ? [`and ${world.steps.length - before - MOST_SHOWN} more steps`]
      : []),
    '',
    `it('keeps its promise: ${promise.replaceAll("'", "\\'")}', () => {`,
    `  const world = replayed(() => newWorld(WORLDS[${JSON.stringify(name)}]), [`,
    ...schedule.map((choice) => `    ${JSON.stringify(choice)},`),
    '  ])',
    '  world.finish()',
    '  expect(brokenPromise(world.ledger)).toBeUndefined()',
    '})',
  ].join('\n')
}

const MOST_SHOWN = 12

function inWords({ atMs, text }: Step): string {
  return `${(atMs / 1_000).toFixed(1).padStart(7)} s  ${text}`
}
