import { readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { findCycle, MAY_IMPORT, packageOf } from './arrows.js'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const root = new URL('..', import.meta.url).pathname
const folders = readdirSync(`${root}packages`).map((name) => `packages/${name}`)
const manifests = new Map(
  folders.map((folder) => [
    folder,
    JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) as Manifest,
  ]),
)

function importsOf(path: string): string[] {
  const source = readFileSync(`${root}${path}`, 'utf8')
  const { module, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest }) => moduleRequest?.value ?? './'),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
      literalIn(source.slice(start, end)),
    ),
  ].filter((specifier) => !specifier.startsWith('.'))
}

/** What `import('…')` names; nothing where that is found out only at run time. */
function literalIn(argument: string): string[] {
  const [, specifier] = /^['"](.*)['"]$/.exec(argument) ?? []
  return specifier === undefined ? [] : [specifier]
}

describe.each([...manifests])('%s', (folder, manifest) => {
  const allowed = MAY_IMPORT[manifest.name]
  const files = readdirSync(`${root}${folder}/src`, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))

  it('has sources, and a row in the table of arrows', () => {
    expect(sources.length).toBeGreaterThan(0)
    expect(allowed).toBeDefined()
  })

  it('imports nothing above or beside itself', () => {
    const wrong = sources.flatMap((source) =>
      importsOf(`${folder}/src/${source}`)
        .filter((specifier) => !allowed?.includes(packageOf(specifier)))
        .map((specifier) => `${source} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('depends on nothing above or beside itself, and on no other library', () => {
    const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    expect(dependencies.filter((name) => !allowed?.includes(name))).toEqual([])
  })
})

it('no package needs itself, not even for its tests', () => {
  const all = new Map(
    [...manifests.values()].map(({ name, dependencies, peerDependencies, devDependencies }) => [
      name,
      Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies }),
    ]),
  )
  expect(findCycle(all)).toBeUndefined()
})

describe('the check itself', () => {
  it('finds a cycle', () => {
    const cycle = findCycle(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    )
    expect(cycle).toEqual(['a', 'b', 'c', 'b'])
  })

  it('knows the package of an import', () => {
    expect(packageOf('@bercon/core/testing')).toBe('@bercon/core')
    expect(packageOf('node:dgram')).toBe('node:')
    expect(packageOf('rxjs/operators')).toBe('rxjs')
  })
})
