import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PublishedPackage } from '../workspace.js'
import { importsOf, packageOf } from './imports-of.js'

/** What nobody needs who installs a package. */
const NOT_FOR_USERS = /\.test\.|(^|\/)tests?\/|\.tsbuildinfo$|(^|\/)(tsconfig|vitest|biome|\.)[^/]*$/

const COMPILED = /^dist\/(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/

const CODE = /\.(js|ts)$/

/** What is wrong with a package as it was installed: files that miss, that are too many, imports not declared. */
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
      .filter((path) => !hasSource(folder, path))
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

function hasSource(folder: string, path: string): boolean {
  const [, name] = COMPILED.exec(path) ?? []
  return name === undefined || existsSync(join(folder, 'src', `${name}.ts`))
}
