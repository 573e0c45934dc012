import { readFileSync } from 'node:fs'

/**
 * The folders of the packages, from the bottom up: names that a layer re-exports from a lower one are documented only
 * there.
 */
export const LAYERS: readonly string[] = [
  'protocol',
  'core',
  'client',
  'rx',
  'sync',
  'remote',
  'metrics',
  'fleet',
  'arma',
  'reforger',
  'server',
  'simulator',
  'conformance',
  'gateway',
  'cli',
  'console',
]

/** An import that a package offers, and its source. */
export interface EntryPoint {
  /** Its specifier: `@bercon/core/testing`. */
  readonly name: string
  /** The folder of its package below `packages`. */
  readonly folder: string
  /** Relative to the repository. */
  readonly source: string
  /** The description in the package's manifest. */
  readonly description: string
}

interface Manifest {
  readonly name: string
  readonly description: string
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>
}

/**
 * The entry points in the manifests of these packages, without files that have no types, such as the manifest itself.
 */
export function entryPoints(root: URL, folders: readonly string[]): readonly EntryPoint[] {
  return folders.flatMap((folder) => {
    const path = new URL(`packages/${folder}/package.json`, root)
    return entryPointsOf(folder, JSON.parse(readFileSync(path, 'utf8')) as Manifest)
  })
}

function entryPointsOf(folder: string, { name, description, exports }: Manifest): readonly EntryPoint[] {
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string') return []
    const source = target.types.replace('./dist/', `packages/${folder}/src/`).replace(/\.d\.ts$/, '.ts')
    return [{ name: name + subpath.slice(1), folder, source, description }]
  })
}
