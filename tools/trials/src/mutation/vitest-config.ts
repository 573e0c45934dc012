// The configuration of vitest for `pnpm mutate`. The package's sources are the instrumented ones, for everybody who imports it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { Journal, readPlan } from './plan.js'

const folder = process.env['MUTATION_FOLDER'] ?? ''
const plan = readPlan(folder)
const times = new Map<string, number>()
for (const note of new Journal(folder, 'baseline').read())
  if (note.what === 'test')
    times.set(note.baseline.file, (times.get(note.baseline.file) ?? 0) + note.baseline.ms)

/** Quick files first, so that slow ones try what those did not notice. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const time = ({ moduleId }: TestSpecification) => times.get(moduleId) ?? 0
    return files.toSorted((a, b) => time(a) - time(b))
  }
}

function sourceOf(specifier: string): string | undefined {
  const own = `@bercon/${plan.package}`
  if (specifier !== own && !specifier.startsWith(`${own}/`)) return undefined
  const base = join(plan.root, 'packages', plan.package)
  const { exports } = JSON.parse(readFileSync(join(base, 'package.json'), 'utf8')) as {
    exports: Record<string, { default?: string }>
  }
  const file = exports[`.${specifier.slice(own.length)}`]?.default
  return file && join(base, file.replace('/dist/', '/src/').replace(/\.js$/, '.ts'))
}

const config: ViteUserConfig = defineConfig({
  root: plan.root,
  plugins: [
    {
      name: 'mutants',
      enforce: 'pre',
      resolveId: (specifier: string) => sourceOf(specifier),
      load: (id: string) => plan.sources[id],
    },
  ],
  test: {
    include: plan.tests.length > 0 ? [...plan.tests] : ['none'],
    deps: { interopDefault: false },
    isolate: false,
    maxWorkers: 1,
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    runner: fileURLToPath(new URL('mutant-runner.js', import.meta.url)),
    sequence: { sequencer: QuickFirst },
    reporters: [{}],
    dangerouslyIgnoreUnhandledErrors: true,
    onConsoleLog: () => false,
  },
})
export default config
