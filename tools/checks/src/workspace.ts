import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url))

/** The fields of a `package.json` that we read. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports: Readonly<Record<string, string | EntryFiles>>
  readonly bin?: Readonly<Record<string, string>>
  /** Names of its own files that differ by runtime, such as `#udp-transport`. */
  readonly imports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** The files of an entry point, relative to the package. */
interface EntryFiles {
  readonly types: string
  readonly default: string
}

/** An importable specifier of a package. */
export interface Entry extends EntryFiles {
  /** The specifier of an import: `@bercon/core/testing`. */
  readonly specifier: string
}

export interface PublishedPackage {
  readonly name: string
  readonly folder: string
  /** Its folder, relative to the repository. */
  readonly path: string
  readonly manifest: Manifest
  readonly entries: readonly Entry[]
}

/** The published packages, by name. */
export function publishedPackages(): ReadonlyMap<string, PublishedPackage> {
  const folders = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`)
  return new Map(folders.map(packageIn).map((found) => [found.name, found]))
}

/** A package and all our packages that it depends on, itself last. */
export function closureOf(
  name: string,
  packages: ReadonlyMap<string, PublishedPackage>,
): readonly PublishedPackage[] {
  const found = packages.get(name)
  if (found === undefined) return []
  const below = Object.keys(found.manifest.dependencies ?? {}).flatMap((dependency) =>
    closureOf(dependency, packages),
  )
  return [...new Set([...below, found])]
}

/** What npm installs beside a package only if it is named: its optional peers, as `name@range`. */
export function optionalPeersOf({ manifest }: PublishedPackage): readonly string[] {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = manifest
  return Object.entries(peerDependencies).flatMap(([name, range]) =>
    peerDependenciesMeta[name]?.optional === true ? [`${name}@${range}`] : [],
  )
}

function packageIn(path: string): PublishedPackage {
  const folder = join(ROOT, path)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const { name, exports } = manifest
  const entries = Object.entries(exports).flatMap(([path, files]) =>
    typeof files === 'string' ? [] : [{ specifier: `${name}${path.slice(1)}`, ...files }],
  )
  return { name, folder, path, manifest, entries }
}
