import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runWell } from '../ended-process.js'
import { type PublishedPackage, ROOT } from '../workspace.js'

/** Packs every package as it would be published. Gives the tarball of each. */
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
