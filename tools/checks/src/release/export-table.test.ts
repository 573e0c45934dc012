import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportTable } from './export-table.js'
import { publicNames } from './public-names.js'
import { publishedPackages } from './workspace.js'

const packages = [...publishedPackages().values()].filter(({ entries }) => entries.length > 0)
const specifiers = packages.flatMap(({ entries }) => entries.map(({ specifier }) => specifier))

describe.each(packages.map((found) => [found.name, found] as const))('the table of %s', (_name, found) => {
  const table = exportTable(readFileSync(join(found.folder, 'README.md'), 'utf8'))

  it('names every value that can be imported', async () => {
    const values = (await publicNames(found)).flatMap((entry) => [...entry.values.keys()])
    expect(values.filter((value) => !table?.mentioned.has(value))).toEqual([])
  })

  it('has rows for what can be imported only', async () => {
    const own = await publicNames(found)
    const below = packages.filter(({ name }) => own.some(({ everythingOf }) => everythingOf.includes(name)))
    const names = [...own, ...(await Promise.all(below.map(publicNames))).flat()]
    const known = [...names.flatMap(({ values, types }) => [...values.keys(), ...types]), ...specifiers]
    expect(table?.subjects.filter((subject) => !known.includes(subject))).toEqual([])
  })
})

it('a table is read by its columns', () => {
  const table = exportTable('| Export | What |\n|---|---|\n| `kick(id)`, `@a/b/c` | see `Ban.unban` |\n')
  expect(table?.subjects).toEqual(['kick', '@a/b/c'])
  expect([...(table?.mentioned ?? [])]).toEqual(['kick', 'id', 'a', 'b', 'c', 'Ban', 'unban'])
  expect(exportTable('| Other |\n|---|\n| `x` |\n')).toBeUndefined()
})
