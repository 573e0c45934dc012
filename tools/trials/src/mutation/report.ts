// What a run of `pnpm mutate` found.
import { isSame, readEquivalents } from './equivalent.js'
import { killedIn, type Mutant, type Note } from './plan.js'

interface Run {
  readonly name: string
  readonly mutants: readonly Mutant[]
  readonly learned: readonly Note[]
  readonly tried: readonly Note[]
  readonly minutes: number
}

export function printReport({ name, mutants, learned, tried, minutes }: Run): void {
  const killed = killedIn(tried)
  const reached = new Set(learned.flatMap((note) => (note.what === 'test' ? note.baseline.mutants : [])))
  const atLoad = new Set(learned.flatMap((note) => (note.what === 'atLoad' ? note.mutants : [])))
  for (const note of learned)
    if (note.what === 'broken') console.log(`fails without a change, not used: ${note.name}`)
  const isLeftOut = ({ id }: Mutant) => atLoad.has(id) && !reached.has(id)
  const judged = mutants.filter((mutant) => !isLeftOut(mutant))
  const list = readEquivalents()
  const survived = judged.filter(({ id }) => !killed.has(id))
  const named = survived.filter((mutant) => list.some((known) => isSame(known, mutant)))
  for (const mutant of survived)
    if (!named.includes(mutant)) {
      const { file, line, kind, from, to } = mutant
      console.log(
        `${file}:${line}  ${reached.has(mutant.id) ? 'survived' : 'not reached'}  ${kind}\n    ${from}\n    ${to}`,
      )
    }
  for (const known of list) {
    const same = judged.filter((mutant) => isSame(known, mutant))
    if (same.length === 0 && mutants.some(({ file }) => file === known.file))
      console.log(`listed as equivalent, but not there: ${known.file}  ${known.from}  ->  ${known.to}`)
    if (same.length > 0 && same.every(({ id }) => killed.has(id)))
      console.log(`listed as equivalent, but noticed: ${known.file}  ${known.from}  ->  ${known.to}`)
  }
  const possible = judged.length - named.length
  const caught = judged.length - survived.length
  console.log(
    `${name}: ${caught} of ${possible} changes noticed (${((100 * caught) / possible).toFixed(1)} %); ` +
      `not counted: ${named.length} that mean nothing, ${mutants.length - judged.length} of what runs as a module loads; ` +
      `${minutes.toFixed(1)} min`,
  )
}
