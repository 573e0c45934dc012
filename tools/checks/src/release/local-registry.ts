import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runWell } from '../ended-process.js'
import type { Release } from './released-versions.js'

/** An npm registry on this machine with these releases and nothing else. */
export interface LocalRegistry {
  readonly url: string
  readonly close: () => void
}

/** Serves what npm requests before a download: the versions, and their dependencies. */
export async function startRegistry(releases: readonly Release[]): Promise<LocalRegistry> {
  const server = createServer(({ url = '' }, response) => {
    const name = decodeURIComponent(url.slice(1))
    const versions = releases.filter((release) => release.name === name)
    const document = packument(name, versions)
    response.writeHead(versions.length > 0 ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(document))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

function packument(name: string, versions: readonly Release[]) {
  return {
    name,
    'dist-tags': { latest: versions.at(-1)?.version },
    versions: Object.fromEntries(
      versions.map((release) => [
        release.version,
        { ...release, dist: { tarball: `http://127.0.0.1/${release.version}.tgz` } },
      ]),
    ),
  }
}

/** The versions of each package that npm installs in an empty project with these dependencies, one for each copy. */
export async function installedBy(
  registry: LocalRegistry,
  folder: string,
  dependencies: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const npm = ['npm', 'install', '--package-lock-only', '--no-audit', '--no-fund']
  await runWell([...npm, `--registry=${registry.url}`, `--cache=${join(folder, '.cache')}`], { cwd: folder })
  const lock: { readonly packages: Readonly<Record<string, { readonly version?: string }>> } = JSON.parse(
    readFileSync(join(folder, 'package-lock.json'), 'utf8'),
  )
  const found: Record<string, string[]> = {}
  for (const [path, { version = '' }] of Object.entries(lock.packages)) {
    const name = path.replace(/^.*node_modules\//, '')
    if (name !== '') found[name] = [...(found[name] ?? []), version].sort()
  }
  return found
}
