// Removes from `dist` of the package that it runs in what was compiled from a source that is gone: the compiler leaves
// it there, and it would be packed. It runs before a build, when nothing is built yet, and so is JavaScript.
import { existsSync, readdirSync, rmSync } from 'node:fs'

const OUTPUT = /(?:\.d\.ts|\.js)(?:\.map)?$/

/** Tests are compiled by nobody, though their sources are there. */
function isStale(path) {
  const name = path.replace(OUTPUT, '')
  return OUTPUT.test(path) && (name.endsWith('.test') || !existsSync(`src/${name}.ts`))
}

const stale = existsSync('dist')
  ? readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter(isStale)
  : []
for (const path of stale) {
  rmSync(`dist/${path}`)
  console.error(`removed dist/${path}, whose source is gone`)
}
// The compiler goes by its notes, and would not write a file again whose source comes back as it was.
if (stale.length > 0) rmSync('.tsbuildinfo', { force: true })
