import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PublishedPackage } from '../workspace.js'
import { importsOf, packageOf } from './imports-of.js'

/** Files that no user of a package needs. */
const NOT_FOR_USERS = /\.test\.|(^|\/)tests?\/|\.tsbuildinfo$|(^|\/)(tsconfig|vitest|biome|\.)[^/]*$/

const DECLARATION = /^dist\/(.*?)\.d\.ts(?:\.map)?$/

const CODE = /\.(js|ts)$/

/** The faults of an installed package: missing files, superfluous files, undeclared imports. */
export function faultsOf({ name, manifest, entries }: PublishedPackage, folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const needed = ['README.md', 'LICENSE', ...Object.values(manifest.bin ?? {})].concat(
    entries.flatMap(({ types, default: code }) => [types, code]),
  )
  const { dependencies, peerDependencies, imports } = manifest
  const declared = ['node:', name, ...Object.keys({ ...dependencies, ...peerDependencies, ...imports })]
  return [
    ...needed.filter((path) => !existsSync(join(folder, path))).map((path) => `${path} is missing`),
    ...files.filter((path) => NOT_FOR_USERS.test(path)).map((path) => `${path} is of no use to its users`),
    ...(existsSync(join(folder, 'src')) ? files : [])
      .filter((path) => !sourcesOf(folder, path).every((source) => existsSync(join(folder, source))))
      .map((path) => `${path} was compiled from a source that is gone`),
    ...files
      .filter((path) => CODE.test(path))
      .flatMap((path) =>
        importsOf(path, readFileSync(join(folder, path), 'utf8'))
          .filter((specifier) => !declared.includes(packageOf(specifier)))
          .map((specifier) => `${path} imports ${specifier}, which is no dependency`),
      ),
  ].map((fault) => `${name}: ${fault}`)
}

/** The sources of a declaration, or of a bundle by its map. */
function sourcesOf(folder: string, path: string): readonly string[] {
  const [, declared] = DECLARATION.exec(path) ?? []
  if (declared !== undefined) return [`src/${declared}.ts`]
  if (!path.endsWith('.js.map')) return []
  const { sources }: { readonly sources: readonly string[] } = JSON.parse(
    readFileSync(join(folder, path), 'utf8'),
  )
  return sources.map((source) => join(dirname(path), source))
}
