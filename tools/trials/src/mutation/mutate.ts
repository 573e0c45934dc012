// `pnpm mutate PACKAGE [FOLDER|FILE …]`: changes the sources of a package, one small place at a time, and runs its tests on
// each change. With folders or files of its sources, only these, and only
// the tests beside them. A change that no test notices is printed: a test is missing there, or the change means nothing.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Stryker } from '@stryker-mutator/core'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const CONFIG = 'vitest.mutation.config.js'

const [name, ...places] = process.argv.slice(2)
if (name === undefined || !existsSync(join(ROOT, 'packages', name))) {
  console.error(`name a package: ${readdirSync(join(ROOT, 'packages')).join(', ')}`)
  process.exit(2)
}
const source = `packages/${name}/src`
const isFile = (place: string) => place.endsWith('.ts')
const changed =
  places.length === 0
    ? [`${source}/**/*.ts`]
    : places.map((place) => `${source}/${place}${isFile(place) ? '' : '/**/*.ts'}`)

// The root's configuration would bundle all packages before each run, and run everybody's tests.
const tests =
  places.length === 0
    ? [`${source}/**/*.test.ts`, `packages/${name}/test/**/*.test.ts`]
    : places.map((place) => `${source}/${isFile(place) ? dirname(place) : place}/**/*.test.ts`)
writeFileSync(
  join(ROOT, CONFIG),
  `export default { test: { include: ${JSON.stringify(tests)}, deps: { interopDefault: false }, isolate: false, testTimeout: 120_000 } }\n`,
)
process.chdir(ROOT)
const since = performance.now()
try {
  const results = await new Stryker({
    plugins: [createRequire(import.meta.url).resolve('@stryker-mutator/vitest-runner')],
    testRunner: 'vitest',
    vitest: { configFile: CONFIG },
    // Stryker reads it with the compiler's JavaScript interface, which TypeScript 7 does not have.
    tsconfigFile: 'none.json',
    mutate: [...changed, `!${source}/**/*.test.ts`],
    ignorePatterns: [
      '.git',
      'docs',
      'examples',
      'tools',
      'dist',
      '.turbo',
      '/tsconfig.json',
      '/tsconfig.test.json',
    ],
    coverageAnalysis: 'perTest',
    concurrency: Number(process.env['MUTATE_AT_ONCE'] ?? 1),
    reporters: ['progress-append-only'],
    tempDirName: '.mutation',
    // What runs once, as a module is loaded, would need a process for each change.
    ignoreStatic: true,
  }).runMutationTest()
  report(results)
} finally {
  rmSync(join(ROOT, CONFIG))
}

type Result = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

function report(results: readonly Result[]): void {
  const count = (...statuses: string[]) => results.filter(({ status }) => statuses.includes(status)).length
  const caught = count('Killed', 'Timeout')
  const survived = results.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  for (const { fileName, location, mutatorName, replacement, status } of survived)
    console.log(
      `${fileName}:${location.start.line}  ${status}  ${mutatorName}  ${replacement.replaceAll(/\s+/g, ' ').slice(0, 100)}`,
    )
  const all = caught + survived.length
  const minutes = ((performance.now() - since) / 60_000).toFixed(1)
  console.log(
    `${name}: ${caught} of ${all} changes noticed (${((100 * caught) / all).toFixed(1)} %), ` +
      `${count('NoCoverage')} of the others reached by no test, ${count('Ignored')} left out, ${minutes} min`,
  )
}
