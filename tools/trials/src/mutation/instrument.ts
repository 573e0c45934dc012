// Reads sources, and puts every mutant that Stryker knows into them: the source asks at each place which mutant is active.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import type { Mutant } from './plan.js'

const quiet = () => {}
const LOGGER = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: quiet,
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  fatal: quiet,
}

export async function instrument(
  root: string,
  paths: readonly string[],
): Promise<{ sources: Record<string, string>; mutants: Mutant[] }> {
  const files = paths.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }))
  const before = Object.fromEntries(files.map(({ name, content }) => [name, content.split('\n')]))
  const options = { plugins: null, excludedMutations: [], ignorers: [] }
  // Its constructor's other arguments have defaults; the types of its injector say otherwise.
  const result = await new Instrumenter(LOGGER).instrument(files, options)
  return {
    sources: Object.fromEntries(
      result.files.map(({ name, content }) => [name, `// @ts-nocheck\n${content}`]),
    ),
    mutants: result.mutants.map(({ id, fileName, location: { start, end }, mutatorName, replacement }) => ({
      id,
      file: relative(root, fileName),
      line: start.line + 1,
      text: (before[fileName] ?? [])[start.line]?.trim() ?? '',
      kind: mutatorName,
      from: oneLine(textBetween(before[fileName] ?? [], start, end)),
      to: oneLine(replacement),
    })),
  }
}

interface Position {
  readonly line: number
  readonly column: number
}

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  const taken = lines.slice(start.line, end.line + 1)
  const last = taken.length - 1
  return taken
    .map((line, at) => line.slice(at === 0 ? start.column : 0, at === last ? end.column : undefined))
    .join('\n')
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The files of a folder and of those in it that end with `end`. */
export function filesIn(folder: string, end: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end) && !name.includes('node_modules'))
    .map((name) => join(folder, name))
    .sort()
}
