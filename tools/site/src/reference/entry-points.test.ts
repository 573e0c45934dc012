import { existsSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { entryPoints, LAYERS } from './entry-points.js'

const ROOT = new URL('../../../../', import.meta.url)

it('every package has its layer', () => {
  const folders = readdirSync(new URL('packages/', ROOT))
  expect([...LAYERS].sort()).toEqual(folders.sort())
})

it('an entry point is what a package exports under a name of its own', () => {
  const points = entryPoints(ROOT, LAYERS)
  expect(points.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      '@bercon/core',
      '@bercon/core/testing',
      '@bercon/protocol/link',
      '@bercon/server/kit',
      '@bercon/simulator',
    ]),
  )
  expect(points.filter(({ source }) => !existsSync(new URL(source, ROOT)))).toEqual([])
})
