/** `pnpm size`: what each package adds to a bundle, beside its goal, and whether it has grown. */
import { bundle } from './bundle.js'
import { BUNDLE_GOALS } from './bundle-goals.js'

console.log(`${'bytes'.padEnd(28)}minified  gzipped     goal     most`)
for (const { title, specifier, names, goalBytes, mostBytes, without = [] } of BUNDLE_GOALS) {
  const { minifiedBytes, gzippedBytes, files } = await bundle(specifier, names)
  const figures = [minifiedBytes, gzippedBytes, goalBytes, mostBytes].map((bytes) => cell(bytes))
  console.log(`${title.padEnd(27)}${figures.join('')}`)
  if (mostBytes !== undefined && gzippedBytes > mostBytes)
    fail(`${title}: ${gzippedBytes - mostBytes} bytes more than it may be`)
  for (const file of files)
    if (without.some((folder) => file.startsWith(folder))) fail(`${title} brings ${file}`)
}

function cell(bytes: number | undefined): string {
  return (bytes?.toLocaleString('en') ?? '').padStart(9)
}

function fail(what: string): void {
  console.error(`  ${what}`)
  process.exitCode = 1
}
