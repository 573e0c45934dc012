import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const DECLARED = /^declare (?:var|let|const|function|class) (\w+)/gm

/** The names that every module sees without an import, in Node or a browser: an export with such a name shadows one. */
export function globalNames(): ReadonlySet<string> {
  return new Set([...Object.getOwnPropertyNames(globalThis), ...browserNames()])
}

// The compiler's own list of a browser's names, from API Extractor's compiler, because version 7 is a binary.
function browserNames(): readonly string[] {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('@microsoft/api-extractor'))
  const declarations = readFileSync(resolve('typescript/lib/lib.dom.d.ts'), 'utf8')
  return [...declarations.matchAll(DECLARED)].flatMap(([, name]) => name ?? [])
}
