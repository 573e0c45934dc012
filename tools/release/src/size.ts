/** `pnpm size`: what each package adds to a bundle, and whether that is within its goal. */
import { bundle } from './bundle.js'
import { BUNDLE_GOALS } from './bundle-goals.js'

console.log(`${'bytes'.padEnd(28)}minified  gzipped     goal`)
for (const { title, specifier, names, maxGzipped, without = [] } of BUNDLE_GOALS) {
  const { minifiedBytes, gzippedBytes, files } = await bundle(specifier, names)
  const figures = [minifiedBytes, gzippedBytes, maxGzipped].map((bytes) => cell(bytes))
  console.log(`${title.padEnd(27)}${figures.join('')}`)
  if (maxGzipped !== undefined && gzippedBytes > maxGzipped)
    fail(`${title}: ${gzippedBytes - maxGzipped} bytes over the goal`)
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
