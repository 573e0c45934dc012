import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { publishedPackages } from './workspace.js'

/** The classes of our other packages that a source compares with; one install can contain two copies of each. */
function comparedClasses(source: string): readonly string[] {
  const imports = [...source.matchAll(/import \{([^}]*)\} from '@bercon\//g)].map(([, names]) => names ?? '')
  const imported = imports.flatMap((names) => names.split(',').map((name) => name.trim()))
  return [...source.matchAll(/ instanceof (\w+)/g)].flatMap(([, name = '']) =>
    imported.includes(name) ? [name] : [],
  )
}

it('no package compares with a class of another: errors are identified by code', () => {
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

it('finds a comparison that is inserted', () => {
  const source = `import { type Clock, RconError } from '@bercon/core'\nif (error instanceof RconError) throw error`
  expect(comparedClasses(source)).toEqual(['RconError'])
  expect(comparedClasses(source.replace('@bercon/core', './errors.js'))).toEqual([])
})
