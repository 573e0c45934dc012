import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishedPackages } from '../workspace.js'
import { installedBy, type LocalRegistry, startRegistry } from './local-registry.js'
import { newWorkspace, type Release, release, released } from './released-versions.js'

const packages = [...publishedPackages().values()]
const root = mkdtempSync(join(tmpdir(), 'versions-'))

afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A first release, at 0.1.0, and a second one, which breaks the API of core. */
async function newReleases(name: string, rules?: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(root, name))
  await newWorkspace(folder, packages, rules)
  const first = released(folder, packages)
  const second = await release(folder, packages, { '@bercon/core': 'minor' })
  return { folder, first, second, all: [...first, ...changed(first, second)] }
}

function changed(before: readonly Release[], after: readonly Release[]): readonly Release[] {
  return after.filter(({ name, version }) => before.find((old) => old.name === name)?.version !== version)
}

const versionOf = (releases: readonly Release[], name: string) =>
  releases.find((found) => found.name === name)?.version

describe('after a breaking release of core', () => {
  let registry: LocalRegistry
  let releases: Awaited<ReturnType<typeof newReleases>>

  beforeAll(async () => {
    releases = await newReleases('linked-')
    registry = await startRegistry(releases.all)
  })
  afterAll(() => registry.close())

  it('every package that re-exports core is a new minor, too; protocol and server stay', () => {
    const versions = Object.fromEntries(releases.second.map(({ name, version }) => [name.slice(8), version]))
    expect(versions).toEqual({
      ...Object.fromEntries(
        ['core', 'client', 'rx', 'sync', 'remote', 'metrics', 'fleet', 'arma', 'reforger', 'gateway'].map(
          (name) => [name, '0.2.0'],
        ),
      ),
      ...Object.fromEntries(
        ['protocol', 'server', 'simulator', 'conformance', 'console'].map((name) => [name, '0.1.0']),
      ),
      cli: '0.1.1',
    })
  })

  it.each([
    ['0.1.0', { '@bercon/client': '^0.1.0' }],
    ['0.1.0', { '@bercon/rx': '0.1.0' }],
    ['0.1.0', { '@bercon/rx': '0.1.0', '@bercon/arma': '^0.1.0', '@bercon/simulator': '^0.1.0' }],
    ['0.1.0', { '@bercon/client': '^0.1.0', '@bercon/sync': '0.1.0', '@bercon/reforger': '^0.1.0' }],
    ['0.2.0', { '@bercon/client': '^0.2.0', '@bercon/rx': '^0.2.0', '@bercon/server': '^0.1.0' }],
    ['0.2.0', { '@bercon/sync': 'latest', '@bercon/arma': 'latest' }],
  ])('npm installs core %s, once, for %j', async (core, dependencies) => {
    const installed = await installedBy(registry, mkdtempSync(join(root, 'project-')), dependencies)
    expect(installed['@bercon/core']).toEqual([core])
    expect(installed['@bercon/protocol']).toEqual(['0.1.0'])
  })

  it('a change of rx alone is then a release of rx alone', async () => {
    const { folder, second } = releases
    const third = await release(folder, packages, { '@bercon/rx': 'patch' })
    expect(changed(second, third)).toEqual([
      expect.objectContaining({ name: '@bercon/rx', version: '0.2.1' }),
    ])
  })
})

it('without the group, core would break the users of a patch, and be installed twice', async () => {
  const { all, second } = await newReleases('apart-', { linked: [] })
  expect(versionOf(second, '@bercon/client')).toBe('0.1.1')
  const registry = await startRegistry(all)
  const install = (dependencies: Readonly<Record<string, string>>) =>
    installedBy(registry, mkdtempSync(join(root, 'project-')), dependencies)
  expect((await install({ '@bercon/client': '^0.1.0' }))['@bercon/core']).toEqual(['0.2.0'])
  expect((await install({ '@bercon/rx': '0.1.0' }))['@bercon/core']).toEqual(['0.1.0', '0.2.0'])
  registry.close()
})
