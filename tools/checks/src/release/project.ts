import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runWell } from '../ended-process.js'
import { type PublishedPackage, ROOT } from '../workspace.js'

/** Packs every package as for publication. Returns the tarball of each. */
export async function packAll(
  packages: readonly PublishedPackage[],
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  await runWell(['pnpm', '--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder], {
    cwd: ROOT,
  })
  const files = readdirSync(folder)
  return new Map(packages.map((found) => [found.name, join(folder, tarballOf(found, files))]))
}

function tarballOf({ name, manifest }: PublishedPackage, files: readonly string[]): string {
  const expected = `${name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`
  if (!files.includes(expected)) throw new Error(`${expected} was not packed, but ${files.join(', ')}`)
  return expected
}

/** Creates an empty project like a user's, and installs packages with plain npm. Returns its folder. */
export async function newProject(folder: string, installed: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  await runWell(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...installed], {
    cwd: folder,
  })
  return folder
}

/**
 * As strict as a user's compiler can be, with all published types checked. Node 20 has no `using`, which es2022
 * replaces.
 */
const COMPILER = { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: false }

/** Compiles files in their folder. @throws with the compiler's output. */
export async function compile(folder: string, files: readonly string[], options: object): Promise<void> {
  if (files.length === 0) return
  const compilerOptions = { ...COMPILER, ...options }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  await runWell([join(ROOT, 'node_modules/.bin/tsc'), '-p', '.'], { cwd: folder })
}
