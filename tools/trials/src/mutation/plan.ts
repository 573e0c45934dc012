// What passes between the command, and the process that runs the tests: three files in one folder.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One change of a source, which its instrumented source makes while it is the active one. */
export interface Mutant {
  readonly id: string
  /** Relative to the repository. */
  readonly file: string
  readonly line: number
  /** The line itself. */
  readonly text: string
  readonly kind: string
  /** The text that it replaces, and the one it puts there. */
  readonly from: string
  readonly to: string
}

export interface Plan {
  readonly root: string
  /** The package whose sources are changed, such as `core`. */
  readonly package: string
  /** By absolute path: the source with all its mutants in it. */
  readonly sources: Record<string, string>
  readonly mutants: readonly Mutant[]
  readonly tests: readonly string[]
}

/** What a test does without a mutant. */
export interface Baseline {
  readonly file: string
  readonly name: string
  readonly ms: number
  /** The time of the processor, which other work on the machine does not change. */
  readonly cpuMs: number
  /** How often it reaches any mutant. A mutant that multiplies this is an endless loop. */
  readonly checks: number
  readonly mutants: readonly string[]
}

/** A line of the journal. It survives the process, which a mutant can stop or leave unusable. */
export type Note =
  | { readonly what: 'test'; readonly id: string; readonly baseline: Baseline }
  | { readonly what: 'atLoad'; readonly mutants: readonly string[] }
  | { readonly what: 'broken'; readonly name: string }
  | { readonly what: 'try'; readonly mutant: string; readonly test: string }
  | { readonly what: 'killed'; readonly mutant: string; readonly test: string; readonly why: string }
  | { readonly what: 'spoilt'; readonly mutant: string }
  | { readonly what: 'done'; readonly file: string; readonly pass: string }

export class Journal {
  readonly path: string

  constructor(folder: string, name: 'baseline' | 'mutants') {
    this.path = join(folder, `${name}.jsonl`)
  }

  add(note: Note): void {
    appendFileSync(this.path, `${JSON.stringify(note)}\n`)
  }

  clear(): void {
    writeFileSync(this.path, '')
  }

  /** Forgets everything but what was noticed. */
  keepKilled(): void {
    const killed = this.read().filter(({ what }) => what === 'killed')
    this.clear()
    for (const note of killed) this.add(note)
  }

  read(): Note[] {
    if (!existsSync(this.path)) return []
    const lines = readFileSync(this.path, 'utf8').split('\n')
    // The last line can be cut where the process was stopped.
    return lines.slice(0, -1).map((line) => JSON.parse(line) as Note)
  }
}

export const readPlan = (folder: string): Plan =>
  JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan
export const writePlan = (folder: string, plan: Plan): void =>
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))

/** The processor time of the tests that one mutant is tried with, if none notices it: in all, without the mutant. */
export const budgetMs = (): number => Number(process.env['MUTATION_SECONDS'] ?? 0.2) * 1_000

/** First the tests that take no longer than this, of all files: most mutants need no others. */
export const QUICK_MS = 25

export const slowKey = (file: string, name: string): string => `${file} ${name}`

// In milliseconds of the budget, because a larger one may have room for them.
const slowPath = (folder: string): string => join(folder, `../slow-${budgetMs()}.json`)

/** The tests that take longer than this, as earlier runs found; they are not run again. */
export function readSlow(folder: string): Set<string> {
  const path = slowPath(folder)
  return new Set(existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : [])
}

export function addSlow(folder: string, learned: readonly Note[]): void {
  const known = readSlow(folder)
  for (const note of learned)
    if (note.what === 'test' && note.baseline.cpuMs > budgetMs())
      known.add(slowKey(note.baseline.file, note.baseline.name))
  writeFileSync(slowPath(folder), JSON.stringify([...known], null, 1))
}

/** The mutants that a test noticed. One after which tests failed without it counts only when it was tried again. */
export function killedIn(notes: readonly Note[]): Set<string> {
  const killed = new Set<string>()
  const spoilt = new Set<string>()
  for (const note of notes) {
    if (note.what === 'killed') killed.add(note.mutant)
    if (note.what !== 'spoilt' || spoilt.has(note.mutant)) continue
    spoilt.add(note.mutant)
    killed.delete(note.mutant)
  }
  return killed
}
