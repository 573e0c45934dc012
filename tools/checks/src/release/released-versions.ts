import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runWell } from '../ended-process.js'
import { type PublishedPackage, ROOT } from '../workspace.js'

/** A package as released: its name, its version, and its dependencies on our packages. */
export interface Release {
  readonly name: string
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
}

/** The changes of one release: how much each package changes for its users. */
export type Changes = Readonly<Record<string, 'major' | 'minor' | 'patch'>>

/** Creates a workspace in an empty folder with the manifests of the packages, at 0.1.0, and our version rules. */
export async function newWorkspace(
  folder: string,
  packages: readonly PublishedPackage[],
  rules: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const config = JSON.parse(readFileSync(join(ROOT, '.changeset/config.json'), 'utf8'))
  writeJson(folder, '.changeset/config.json', { ...config, ...rules })
  writeJson(folder, 'package.json', { private: true, version: '0.0.0', workspaces: ['packages/*'] })
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages:\n  - packages/*\n')
  for (const { path, manifest } of packages) {
    const { name, dependencies = {} } = manifest
    writeJson(folder, `${path}/package.json`, { name, version: '0.1.0', dependencies: ours(dependencies) })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  await runWell(['git', 'init', '--quiet', '--initial-branch', 'main'], { cwd: folder })
}

/** Updates the versions of the workspace for these changes, like `pnpm version-packages`. Returns all packages. */
export async function release(
  folder: string,
  packages: readonly PublishedPackage[],
  changes: Changes,
): Promise<readonly Release[]> {
  const lines = Object.entries(changes).map(([name, bump]) => `'${name}': ${bump}`)
  const changeset = ['---', ...lines, '---', '', 'What users see.', '']
  writeFileSync(join(folder, '.changeset/change.md'), changeset.join('\n'))
  await runWell(['node', join(ROOT, 'node_modules/@changesets/cli/bin.js'), 'version'], { cwd: folder })
  return released(folder, packages)
}

/** The packages as they would be published now: pnpm replaces `workspace:^` by a range. */
export function released(folder: string, packages: readonly PublishedPackage[]): readonly Release[] {
  const manifests = packages.map(
    ({ path }): Release => JSON.parse(readFileSync(join(folder, path, 'package.json'), 'utf8')),
  )
  const versions = new Map(manifests.map(({ name, version }) => [name, version]))
  return manifests.map(({ name, version, dependencies }) => ({
    name,
    version,
    dependencies: Object.fromEntries(
      Object.keys(dependencies).map((dependency) => [dependency, `^${versions.get(dependency)}`]),
    ),
  }))
}

function ours(dependencies: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => name.startsWith('@bercon/')))
}

function writeJson(folder: string, path: string, value: unknown): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), `${JSON.stringify(value, undefined, 2)}\n`)
}
