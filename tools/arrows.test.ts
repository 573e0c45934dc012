import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findCycle, MAY_IMPORT } from './arrows.js'
import { importsOf, packageOf } from './checks/src/release/imports-of.js'

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
      importsOf(source, readFileSync(`${root}${folder}/src/${source}`, 'utf8'))
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
})
