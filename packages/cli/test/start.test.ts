import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { BIN } from './bercon-process.js'

const STATIC_IMPORT = /^(?:import|export) ?(?:[\w\s*{},$]+ ?from ?)?['"]([^'"]+)['"]/gm

/** What a built file imports before it runs, by names of packages, from all of the package's own files together. */
function importedBy(path: string, seen = new Set<string>()): ReadonlySet<string> {
  const specifiers = [...readFileSync(path, 'utf8').matchAll(STATIC_IMPORT)].map(([, name = '']) => name)
  for (const specifier of specifiers) {
    const found = specifier.startsWith('.') ? join(dirname(path), specifier) : specifier
    if (seen.has(found)) continue
    seen.add(found)
    if (specifier.startsWith('.')) importedBy(found, seen)
  }
  return seen
}

it('loads neither the client nor what only some commands need before it knows what to do', () => {
  const packages = [...importedBy(BIN)].filter((name) => !name.startsWith('/'))
  const modules = ['node:events', 'node:fs', 'node:module', 'node:os', 'node:path', 'node:util']
  expect(packages.toSorted()).toEqual(['@bercon/core/visible-text', ...modules])
})
