import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSimulator } from '@bercon/simulator'
import { runWell } from '../ended-process.js'
import type { PublishedPackage } from '../workspace.js'
import { compile } from './project.js'

/**
 * Imports and requires each entry point of an installed package, and starts its commands. A package of static files
 * has none.
 *
 * @throws if one fails.
 */
export async function checkEntries({ entries, manifest }: PublishedPackage, project: string): Promise<void> {
  const specifiers = entries.map(({ specifier }) => specifier)
  writeFileSync(join(project, 'entries.cjs'), entriesProgram(JSON.stringify(specifiers)))
  await runWell(['node', 'entries.cjs'], { cwd: project })
  for (const command of Object.keys(manifest.bin ?? {}))
    await runWell(['npx', '--no-install', command, '--help'], { cwd: project })
}

/** Entry points of which a library that the user passes has Node's types in its own. */
const WITH_NODE_TYPES = ['@bercon/fleet/nats']

/** Compiles the types of all packages, almost all without Node's. @throws with the compiler's output. */
export async function checkTypes(packages: readonly PublishedPackage[], project: string): Promise<void> {
  const all = packages.flatMap(({ entries }) => entries.map(({ specifier }) => specifier))
  await compileEntries(
    all.filter((specifier) => !WITH_NODE_TYPES.includes(specifier)),
    [],
    project,
  )
  await compileEntries(WITH_NODE_TYPES, ['node'], project)
}

async function compileEntries(
  specifiers: readonly string[],
  types: readonly string[],
  project: string,
): Promise<void> {
  const lines = specifiers.map((specifier, index) => `export * as entry${index} from '${specifier}'`)
  writeFileSync(join(project, 'entries.mts'), lines.join('\n'))
  await compile(project, ['entries.mts'], { noEmit: true, lib: ['es2023', 'dom'], types })
}

function entriesProgram(specifiers: string): string {
  return `const { deepEqual, notEqual } = require('node:assert/strict')
void (async () => {
  for (const specifier of ${specifiers}) {
    const names = Object.keys(require(specifier))
    notEqual(names.length, 0, specifier + ' exports nothing')
    deepEqual(names, Object.keys(await import(specifier)))
  }
})()
`
}

/** Requests the players of a simulated server with the installed `bercon`. @throws if the list does not arrive. */
export async function checkCommand(project: string): Promise<void> {
  const simulator = await startSimulator({ password: 'hunter2', bots: false })
  simulator.world.join({ name: 'Ann' })
  const output = await runWell(['npx', '--no-install', 'bercon', 'players', '--format', 'json'], {
    cwd: project,
    env: { RCON_PORT: String(simulator.port), RCON_PASSWORD: 'hunter2' },
    limitMs: 30_000,
  })
  await simulator.close()
  if (!output.includes('"Ann"')) throw new Error(`bercon players does not list Ann\n${output}`)
}
