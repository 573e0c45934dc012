// Runs inside vitest's process. First without a mutant, which learns what each test reaches. Then it repeats each test for the
// mutants that it reaches, one at a time, until one test fails; so a mutant costs milliseconds, not a process.
import { TestRunner } from 'vitest'
import { type Baseline, budgetMs, Journal, type Note, QUICK_MS, readSlow, slowKey } from './plan.js'

type Task = Parameters<TestRunner['onBeforeTryTask']>[0]
type Suite = Parameters<TestRunner['onBeforeRunSuite']>[0]

const folder = process.env['MUTATION_FOLDER'] ?? ''
const pass = process.env['MUTATION_PASS'] ?? 'baseline'
const mode = pass === 'baseline' ? 'baseline' : 'mutants'
const budget = budgetMs()
const longestMs = pass === 'quick' ? QUICK_MS : budget
const journal = new Journal(folder, mode)

/** What instrumented sources read and write, under the name that Stryker gives it. */
const world = { active: '', checks: 0, limit: Number.POSITIVE_INFINITY }
const coverage = {
  static: {} as Record<string, number>,
  perTest: {} as Record<string, Record<string, number>>,
}
const stryker = {
  mutantCoverage: coverage,
  currentTestId: undefined as string | undefined,
  get activeMutant(): string {
    world.checks++
    if (world.checks > world.limit) throw new Error('an endless loop')
    return world.active
  },
}
Object.assign(globalThis, { __stryker__: stryker })

const baselines = new Map<string, Baseline>()
/** Tests that a run before found to take more than any mutant is granted. */
const slow = readSlow(folder)
const killed = new Set<string>()
/** Whole files that were tried before the process was started again. */
const doneFiles = new Set<string>()
const tried = new Set<string>()
/** By mutant: the CPU time that its tests took so far, without it. */
const spent = new Map<string, number>()
const spoilt = new Set<string>()
let attempts = 0
let stray: unknown

if (mode === 'mutants') {
  for (const note of new Journal(folder, 'baseline').read())
    if (note.what === 'test') baselines.set(note.id, note.baseline)
  for (const note of journal.read()) restore(note)
}
process.on('unhandledRejection', (error) => {
  stray ??= error
})
process.on('uncaughtException', (error) => {
  stray ??= error
})

function restore(note: Note): void {
  if (note.what === 'killed') killed.add(note.mutant)
  if (note.what === 'try') {
    tried.add(`${note.mutant} ${note.test}`)
    spend(note.mutant, note.test)
  }
  if (note.what === 'done' && note.pass === pass) doneFiles.add(note.file)
  // A test failed without a mutant, so that the process was stopped. The last mutant is tried again in a new one, once.
  if (note.what === 'spoilt' && !spoilt.has(note.mutant)) {
    spoilt.add(note.mutant)
    killed.delete(note.mutant)
    for (const key of tried) if (key.startsWith(`${note.mutant} `)) tried.delete(key)
  }
}

function spend(mutant: string, test: string): void {
  spent.set(mutant, (spent.get(mutant) ?? 0) + (baselines.get(test)?.cpuMs ?? 0))
}

function isWithinBudget(mutant: string, test: string): boolean {
  const ms = baselines.get(test)?.cpuMs ?? 0
  return ms <= longestMs && (spent.get(mutant) ?? 0) + ms <= budget
}

/** Waits in turns of the event loop, so that a machine with other work does not look like a test that hangs. */
async function hang(turns: number, signal: { over: boolean }): Promise<never> {
  for (let turn = 0; turn < turns && !signal.over; turn++)
    await new Promise<void>((resolve) => void realTimeout(resolve, 50))
  throw new Error('no end')
}
const realTimeout = setTimeout

export default class MutantRunner extends TestRunner {
  #queue: string[] = []
  #attempt: { mutant: string | undefined } = { mutant: undefined }
  #isControl = false
  #state: 'idle' | 'trying' = 'idle'
  #cpuBefore = 0
  #last = { mutant: '', isFirst: false }

  onCollected(files: readonly Suite[]): void {
    if (mode === 'mutants') for (const file of files) quickFirst(file)
  }

  override async onBeforeRunSuite(suite: Suite): Promise<void> {
    if (mode === 'mutants' && 'filepath' in suite && doneFiles.has(String(suite.filepath)))
      suite.mode = 'skip'
    await super.onBeforeRunSuite(suite)
  }

  override async onAfterRunSuite(suite: Suite): Promise<void> {
    await super.onAfterRunSuite(suite)
    if (!('filepath' in suite)) return
    if (mode === 'mutants') journal.add({ what: 'done', file: String(suite.filepath), pass })
    else journal.add({ what: 'atLoad', mutants: Object.keys(coverage.static) })
  }

  override async onBeforeRunTask(test: Task): Promise<void> {
    if (mode === 'baseline' && slow.has(slowKey(test.file.filepath, test.name))) test.mode = 'skip'
    if (mode === 'mutants' && test.mode === 'run') {
      const covered = baselines.get(test.id)?.mutants ?? []
      this.#queue = covered.filter(
        (id) => !killed.has(id) && !tried.has(`${id} ${test.id}`) && isWithinBudget(id, test.id),
      )
      // Each that fails is followed by a run without a mutant, which shows that the process is still whole.
      test.repeats = this.#queue.length * 2
      this.#isControl = false
      if (this.#queue.length === 0) test.mode = 'skip'
    }
    await super.onBeforeRunTask(test)
  }

  override onBeforeTryTask(test: Task): void {
    // Vitest leaves the other hook out if it cannot print what an assertion compares.
    this.#conclude(test)
    super.onBeforeTryTask(test)
    if (test.result) {
      test.result.state = 'run'
      delete test.result.errors
    }
    // Assertions of an attempt that hangs: vitest would wait for them at the end of this one.
    delete (test as Task & { promises?: unknown }).promises
    stray = undefined
    world.checks = 0
    if (mode === 'baseline') {
      stryker.currentTestId = test.id
      this.#cpuBefore = cpuMs()
      return
    }
    const mutant = this.#isControl ? undefined : this.#queue.shift()
    this.#attempt = { mutant }
    this.#state = 'trying'
    if (mutant === undefined) return
    attempts++
    journal.add({ what: 'try', mutant, test: test.id })
    spend(mutant, test.id)
    world.limit = (baselines.get(test.id)?.checks ?? 0) * 30 + 300_000
    world.active = mutant
  }

  async runTask(test: Task): Promise<void> {
    const isIdle = mode === 'mutants' && this.#attempt.mutant === undefined && !this.#isControl
    if (isIdle) return
    const run = TestRunner.getTestFn(test) as () => Promise<void>
    if (mode === 'baseline') return await run()
    const signal = { over: false }
    const turns = 20 + (baselines.get(test.id)?.ms ?? 0) / 5
    try {
      await Promise.race([run(), hang(turns, signal)])
    } finally {
      signal.over = true
    }
  }

  async onAfterRetryTask(test: Task): Promise<void> {
    await new Promise<void>((resolve) => void setImmediate(resolve))
    this.#conclude(test)
  }

  /** Notes what came of an attempt, once. */
  #conclude(test: Task): void {
    if (mode === 'baseline' || this.#state === 'idle') return
    this.#state = 'idle'
    world.active = ''
    world.limit = Number.POSITIVE_INFINITY
    const { mutant } = this.#attempt
    const failed = test.result?.state === 'fail' || stray !== undefined
    if (mutant !== undefined && failed) {
      const why = String(test.result?.errors?.[0]?.message ?? stray).slice(0, 120)
      killed.add(mutant)
      journal.add({ what: 'killed', mutant, test: test.id, why })
      this.#isControl = true
      this.#last = { mutant, isFirst: attempts === 1 }
    } else if (this.#isControl) {
      this.#isControl = false
      if (failed) giveUp(this.#last)
    }
  }

  override onAfterRunTask(test: Task): void {
    super.onAfterRunTask(test)
    if (mode === 'mutants') {
      if (test.result) test.result.state = 'pass'
      return
    }
    stryker.currentTestId = undefined
    if (test.result?.state !== 'pass') {
      journal.add({ what: 'broken', name: `${test.file.name} ${test.name}` })
      return
    }
    const baseline: Baseline = {
      file: test.file.filepath,
      name: test.name,
      ms: test.result.duration ?? 0,
      cpuMs: cpuMs() - this.#cpuBefore,
      checks: world.checks,
      mutants: Object.keys(coverage.perTest[test.id] ?? {}),
    }
    delete coverage.perTest[test.id]
    journal.add({ what: 'test', id: test.id, baseline })
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** The test fails without a mutant now. What spoilt the process is the last mutant, or one before it that no test noticed. */
function giveUp({ mutant, isFirst }: { mutant: string; isFirst: boolean }): never {
  if (!isFirst) journal.add({ what: 'spoilt', mutant })
  // Not `process.exit`, which vitest turns into an error.
  process.kill(process.pid, 'SIGKILL')
  throw new Error('the process is spoilt')
}

function quickFirst(suite: Suite): void {
  const time = (task: Suite | Task): number =>
    task.type === 'suite'
      ? Math.min(...task.tasks.map((inner) => time(inner)))
      : (baselines.get(task.id)?.ms ?? 0)
  suite.tasks.sort((a, b) => time(a) - time(b))
  for (const task of suite.tasks) if (task.type === 'suite') quickFirst(task)
}
