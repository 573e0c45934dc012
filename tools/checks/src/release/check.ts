/** `pnpm release:check`: tests the packages as users install them, from their tarballs. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pMap from 'p-map'
import { closureOf, optionalPeersOf, type PublishedPackage, publishedPackages } from '../workspace.js'
import { checkCommand, checkEntries, checkTypes } from './entry-check.js'
import { faultsOf } from './packed-package.js'
import { newProject, packAll } from './project.js'
import { faultsIn, report } from './report.js'
import { checkSnippets, needsOnly, type SnippetResult } from './snippet-check.js'
import type { Snippet } from './snippets.js'
import { allSnippets, readmes } from './snippets.js'

const NODE_TYPES = '@types/node@20'

const packages = publishedPackages()
const all = [...packages.values()]
const snippets = allSnippets(all)
const folder = mkdtempSync(join(tmpdir(), 'bercon-release-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const tarballs = await packAll(all, folder)

/** Installs packages in an empty project, from their tarballs, and what their optional entry points need. */
function install(
  name: string,
  wanted: readonly PublishedPackage[],
  more: readonly string[],
): Promise<string> {
  const files = wanted.flatMap((found) => tarballs.get(found.name) ?? [])
  return newProject(join(folder, name), [...files, ...wanted.flatMap(optionalPeersOf), ...more])
}

/** The snippets of a package's README that need only the package and its dependencies. */
function ownSnippets({ name, path }: PublishedPackage): readonly Snippet[] {
  const closure = closureOf(name, packages)
  return snippets.filter((snippet) => snippet.path === `${path}/README.md` && needsOnly(snippet, closure))
}

/** Tests a package with only its dependencies: it can be imported and required, and the snippets of its README run. */
async function tryAlone(alone: PublishedPackage): Promise<readonly SnippetResult[]> {
  const closure = closureOf(alone.name, packages)
  const own = ownSnippets(alone)
  const isTypeScript = own.some(({ language }) => language === 'ts')
  const project = await install(alone.name, closure, isTypeScript ? [NODE_TYPES] : [])
  await checkEntries(alone, project)
  const results = await checkSnippets(own, project)
  console.log(`alone     ${alone.name}, with ${closure.length - 1} more of ours`)
  return results
}

/** Tests all packages in one project: none lacks anything, and the other snippets and all examples run. */
async function tryTogether(): Promise<readonly SnippetResult[]> {
  const project = await install('together', all, [NODE_TYPES])
  const faults = all.flatMap((found) => faultsOf(found, join(project, 'node_modules', found.name)))
  if (faults.length > 0) throw new Error(faults.join('\n'))
  await checkTypes(all, project)
  await checkCommand(project)
  const own = new Set(all.flatMap(ownSnippets))
  const results = await checkSnippets(
    snippets.filter((snippet) => !own.has(snippet)),
    project,
  )
  console.log(`together  all ${all.length}, and the bercon command`)
  return results
}

const trials = [tryTogether, ...all.map((found) => () => tryAlone(found))]
const results = (await pMap(trials, (trial) => trial(), { concurrency: 2 })).flat()
console.log(report(results))
console.log(`release check: ${Math.round(performance.now() / 1_000)} s`)
const faults = faultsIn(results, readmes(all))
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exitCode = 1
