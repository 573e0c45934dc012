import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pMap from 'p-map'
import type { PublishedPackage } from '../workspace.js'
import { importsOf, packageOf } from './imports-of.js'
import { type Program, programsOf } from './programs.js'
import { compile } from './project.js'
import type { Snippet } from './snippets.js'
import { tryProgram } from './trial.js'

/** The outcome of a snippet. */
export interface SnippetResult {
  readonly snippet: Snippet
  readonly programs: readonly Program[]
  /** The faults, with each program that failed. */
  readonly faults: readonly string[]
}

/** Whether a snippet needs only these packages, their dependencies, and Node. */
export function needsOnly({ language, code }: Snippet, packages: readonly PublishedPackage[]): boolean {
  if (language === 'sh') return false
  const present = packages.flatMap(({ name, manifest }) => [
    name,
    ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
  ])
  return importsOf(`snippet.m${language}`, code).every((specifier) =>
    ['node:', ...present].includes(packageOf(specifier)),
  )
}

/** Compiles and runs snippets in a project with their imports. @throws if one does not compile. */
export async function checkSnippets(
  snippets: readonly Snippet[],
  project: string,
): Promise<readonly SnippetResult[]> {
  const folder = join(project, 'snippets')
  mkdirSync(folder)
  const all = snippets.map((snippet) => ({
    snippet,
    programs: snippet.notRun === undefined ? programsOf(snippet) : [],
  }))
  const programs = all.flatMap((each) => each.programs)
  for (const { source, code } of programs) writeFileSync(join(folder, source), code)
  const sources = programs.map(({ source }) => source)
  await compile(
    folder,
    sources.filter((source) => source.endsWith('ts')),
    { types: ['node'] },
  )
  const faults = new Map(
    await pMap(programs, async (program) => [program, await tryProgram(program, folder)] as const, {
      concurrency: 2,
    }),
  )
  return all.map(({ snippet, programs }) => ({
    snippet,
    programs,
    faults: programs.flatMap((program) => {
      const fault = faults.get(program)
      return fault === undefined ? [] : [`as ${program.form} it ${fault}`]
    }),
  }))
}
