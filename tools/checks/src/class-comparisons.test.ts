import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { publishedPackages } from './workspace.js'

/** The classes of other packages of ours that a source compares with: there can be two copies of each in one install. */
function comparedClasses(source: string): readonly string[] {
  const imports = [...source.matchAll(/import \{([^}]*)\} from '@bercon\//g)].map(([, names]) => names ?? '')
  const imported = imports.flatMap((names) => names.split(',').map((name) => name.trim()))
  return [...source.matchAll(/ instanceof (\w+)/g)].flatMap(([, name = '']) =>
    imported.includes(name) ? [name] : [],
  )
}

it('no package compares with a class of another: errors are known by their code', () => {
  const sources = [...publishedPackages().values()].flatMap(({ folder }) =>
    readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, 'src', name),
    ),
  )
  const found = sources
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => [path, comparedClasses(readFileSync(path, 'utf8'))] as const)
  expect(found.length).toBeGreaterThan(100)
  expect(found.filter(([, classes]) => classes.length > 0)).toEqual([])
})

it('a comparison that is put in is found', () => {
  const source = `import { type Clock, RconError } from '@bercon/core'\nif (error instanceof RconError) throw error`
  expect(comparedClasses(source)).toEqual(['RconError'])
  expect(comparedClasses(source.replace('@bercon/core', './errors.js'))).toEqual([])
})
