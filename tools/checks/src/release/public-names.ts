import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync } from 'oxc-parser'
import type { Entry, PublishedPackage } from './workspace.js'

/** What an entry point exports. */
export interface PublicNames {
  readonly specifier: string
  /** The packages of which it exports everything. */
  readonly everythingOf: readonly string[]
  /** What there is at run time, beside that, by name, with its kind. */
  readonly values: ReadonlyMap<string, string>
  /** What only the compiler knows, beside that. */
  readonly types: readonly string[]
}

/** The names that the entry points of a built package export. */
export function publicNames({ folder, entries }: PublishedPackage): Promise<readonly PublicNames[]> {
  return Promise.all(entries.map((entry) => namesOf(folder, entry)))
}

/** The names as a text for people to look over, a line each. */
export function namesText(title: string, all: readonly PublicNames[]): string {
  const sections = all.flatMap(({ specifier, everythingOf, values, types }) => [
    `## ${specifier}`,
    '',
    ...everythingOf.map((name) => `- everything of ${name}`),
    ...[...values].map(([name, kind]) => `- ${kind} ${name}`).sort(),
    ...types.map((name) => `- type ${name}`).sort(),
    '',
  ])
  return [`# What ${title} exports`, '', ...sections].join('\n')
}

async function namesOf(folder: string, entry: Entry): Promise<PublicNames> {
  const { names, everythingOf } = exportsOf(join(folder, entry.types))
  const present: Record<string, unknown> = await import(join(folder, entry.default))
  const isValue = (name: string) => Object.hasOwn(present, name)
  return {
    specifier: entry.specifier,
    everythingOf,
    values: new Map(names.filter(isValue).map((name) => [name, kindOf(present[name])])),
    types: names.filter((name) => !isValue(name)),
  }
}

/** What a file of types exports, and what the files beside it that it exports whole. */
function exportsOf(path: string): {
  readonly names: readonly string[]
  readonly everythingOf: readonly string[]
} {
  const { module } = parseSync(path, readFileSync(path, 'utf8'))
  const entries = module.staticExports.flatMap((statement) => statement.entries)
  const whole = entries.flatMap(({ importName, exportName, moduleRequest }) =>
    importName.kind === 'AllButDefault' && exportName.kind === 'None' && moduleRequest !== null
      ? [moduleRequest.value]
      : [],
  )
  const beside = whole
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => exportsOf(join(dirname(path), specifier.replace(/js$/, 'd.ts'))))
  return {
    names: [
      ...entries.flatMap(({ exportName }) => exportName.name ?? []),
      ...beside.flatMap(({ names }) => names),
    ],
    everythingOf: [
      ...whole.filter((specifier) => !specifier.startsWith('.')),
      ...beside.flatMap(({ everythingOf }) => everythingOf),
    ],
  }
}

function kindOf(value: unknown): string {
  if (typeof value !== 'function') return 'const'
  return Function.prototype.toString.call(value).startsWith('class') ? 'class' : 'function'
}
