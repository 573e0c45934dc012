// `pnpm mutate PACKAGE [FOLDER|FILE …]`: changes the sources of a package, one small place at a time, and runs its tests on
// each change. A change that no test notices is printed: a test is missing there, or the change means nothing. Those that mean
// nothing are in `equivalent.json`, each with the reason.
//
// It takes all tests of the package that take less than 0.2 s.
// --beside: only the tests beside the changed sources
// --tests=FOLDER: the tests of another folder too, such as those of a package above
// --again: only the changes that the last run left unnoticed
// --seconds=N: tests that take up to N seconds, each change with no more than N seconds of tests
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesIn, instrument } from './instrument.js'
import { addSlow, Journal, readPlan, writePlan } from './plan.js'
import { printReport } from './report.js'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const CONFIG = fileURLToPath(new URL('vitest-config.js', import.meta.url))
const STILL_MS = 90_000

const [name, ...rest] = process.argv.slice(2)
if (name === undefined || !existsSync(join(ROOT, 'packages', name))) {
  console.error(`name a package: ${readdirSync(join(ROOT, 'packages')).join(', ')}`)
  process.exit(2)
}
const since = performance.now()
const base = join(ROOT, 'packages', name)
const places = rest.filter((word) => !word.startsWith('--')).map((place) => join(base, 'src', place))
const others = rest
  .filter((word) => word.startsWith('--tests='))
  .map((word) => join(ROOT, word.slice('--tests='.length)))
const given = rest.find((word) => word.startsWith('--seconds='))?.slice('--seconds='.length)
if (given !== undefined) process.env['MUTATION_SECONDS'] = given
const folder = join(
  ROOT,
  '.mutation',
  [name, ...places.map((place) => relative(base, place))].join('-').replaceAll('/', '.'),
)
mkdirSync(folder, { recursive: true })

const changed = (places.length > 0 ? places : [join(base, 'src')])
  .flatMap((place) => (place.endsWith('.ts') ? [place] : filesIn(place, '.ts')))
  .filter((path) => !path.endsWith('.test.ts'))
const { sources, mutants } = await instrument(ROOT, changed)
const homes = rest.includes('--beside')
  ? places.map((place) => (place.endsWith('.ts') ? dirname(place) : place))
  : [base]
const tests = [...homes, ...others].flatMap((place) =>
  place.endsWith('.ts') ? [place] : filesIn(place, '.test.ts'),
)
const plan = { root: ROOT, package: name, sources, mutants }

const isAgain =
  rest.includes('--again') && JSON.stringify(readPlan(folder).sources) === JSON.stringify(sources)
const baseline = new Journal(folder, 'baseline')
baseline.clear()
writePlan(folder, { ...plan, tests })
await runTests('baseline', baseline)
const learned = baseline.read()
addSlow(folder, learned)
const usable = learned.flatMap((note) =>
  note.what === 'test' && note.baseline.mutants.length > 0 ? [note.baseline] : [],
)

const journal = new Journal(folder, 'mutants')
if (isAgain) journal.keepKilled()
else journal.clear()
const files = [...new Set(usable.map(({ file }) => file))]
writePlan(folder, { ...plan, tests: files })
for (const pass of ['quick', 'slow'])
  for (let notes = -1; !isThrough(pass) && notes < journal.read().length; ) {
    notes = journal.read().length
    await runTests(pass, journal)
  }
printReport({ name, mutants, learned, tried: journal.read(), minutes: (performance.now() - since) / 60_000 })

/** Whether all files were tried. A process that a mutant has spoilt ends before. */
function isThrough(pass: string): boolean {
  const done = journal
    .read()
    .flatMap((note) => (note.what === 'done' && note.pass === pass ? [note.file] : []))
  return files.every((file) => done.includes(file))
}

/** A process that writes nothing for long is in a loop, and is stopped. */
async function runTests(pass: string, notes: Journal): Promise<void> {
  const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs')
  const env = { ...process.env, MUTATION_FOLDER: folder, MUTATION_PASS: pass }
  const child = spawn(process.execPath, [vitest, 'run', '--config', CONFIG], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'ignore', pass === 'baseline' ? 'inherit' : 'ignore'],
  })
  const started = Date.now()
  let isStill = false
  const watch = setInterval(() => {
    const last = existsSync(notes.path) ? statSync(notes.path).mtimeMs : 0
    isStill = Date.now() - Math.max(last, started) > (pass === 'baseline' ? 10 : 1) * STILL_MS
    if (isStill && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, 1_000)
  await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(watch)
  const last = notes.read().at(-1)
  if (last?.what === 'try')
    notes.add({ what: 'killed', mutant: last.mutant, test: last.test, why: 'the process had no end' })
}
