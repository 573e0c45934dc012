import { readFileSync } from 'node:fs'

/** The folders of the packages, from the ground up: what a layer exports again of one below is told there only. */
export const LAYERS: readonly string[] = [
  'protocol',
  'core',
  'client',
  'rx',
  'sync',
  'remote',
  'metrics',
  'arma',
  'reforger',
  'server',
  'simulator',
  'conformance',
  'gateway',
  'cli',
]

/** One import that a package offers, and the source behind it. */
export interface EntryPoint {
  /** As it is imported: `@bercon/core/testing`. */
  readonly name: string
  /** The folder of its package below `packages`. */
  readonly folder: string
  /** Relative to the repository. */
  readonly source: string
  /** What the package's manifest says of itself. */
  readonly description: string
}

interface Manifest {
  readonly name: string
  readonly description: string
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>
}

/** What the manifests of these packages export; files without types, such as the manifest itself, are left out. */
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
