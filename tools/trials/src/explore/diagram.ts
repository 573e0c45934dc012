import { type Counterexample, replayed } from './explorer.js'
import type { NewWorld, Step } from './world.js'

/** A counterexample for people: the promise, a sequence diagram of the way there, and a test to paste. */
export async function shown<Choice>(
  newWorld: NewWorld<Choice>,
  name: string,
  counterexample: Counterexample<Choice>,
): Promise<string> {
  const { promise, breach, schedule } = counterexample
  const world = await replayed(newWorld, schedule)
  const before = world.steps.length
  await world.finish()
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
    `it('keeps its promise: ${promise.replaceAll("'", "\\'")}', async () => {`,
    `  const world = await replayed(${name}, [`,
    ...schedule.map((choice) => `    ${JSON.stringify(choice)},`),
    '  ])',
    '  await world.finish()',
    '  expect(brokenPromise(world.ledger)).toBeUndefined()',
    '})',
  ].join('\n')
}

const MOST_SHOWN = 12

function inWords({ atMs, text }: Step): string {
  return `${(atMs / 1_000).toFixed(1).padStart(7)} s  ${text}`
}
