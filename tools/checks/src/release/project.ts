import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runWell } from '../ended-process.js'
import { type PublishedPackage, ROOT } from '../workspace.js'

/** Packs every package as it would be published. Returns the tarball of each. */
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

/** Makes an empty project, as a user's, and installs there with plain npm. Returns its folder. */
export async function newProject(folder: string, installed: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  await runWell(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...installed], {
    cwd: folder,
  })
  return folder
}

/** As strict as users are, with all published types looked into. Node 20 knows no `using`: es2022 does without. */
const COMPILER = { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: false }

/** Compiles files of a folder where they are. @throws with what the compiler says. */
export async function compile(folder: string, files: readonly string[], options: object): Promise<void> {
  if (files.length === 0) return
  const compilerOptions = { ...COMPILER, ...options }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  await runWell([join(ROOT, 'node_modules/.bin/tsc'), '-p', '.'], { cwd: folder })
}
