import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'

const root = new URL('../../../', import.meta.url)

/** Paths in code in a table: `core/src/a.ts`, and files and folders after it in the same folder or package. */
function pathsIn(cell: string): readonly string[] {
  let folder = ''
  return [...cell.matchAll(/`([\w./-]+(?:\.(?:ts|md|json)|\/))`/g)].map(([, path = '']) => {
    if (!path.includes('/')) return folder === '' ? path : `${folder}/${path}`
    folder = dirname(path)
    return path
  })
}

it.each([
  ['ARCHITECTURE.md', 1],
  ['CONTRIBUTING.md', 0],
])('the tables of %s name files that exist', (page, column) => {
  const rows = readFileSync(new URL(page, root), 'utf8').match(/^\| .*/gm) ?? []
  const paths = rows.flatMap((row) => pathsIn(row.split(' | ')[column] ?? ''))
  const missing = paths
    // Examples of files that a change adds.
    .filter((path) => !/mute-line|freeze/.test(path))
    .filter((path) => !existsSync(new URL(path, root)) && !existsSync(new URL(`packages/${path}`, root)))
  expect(paths.length).toBeGreaterThan(20)
  expect(missing).toEqual([])
})
