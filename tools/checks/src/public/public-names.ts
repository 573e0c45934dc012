import { join } from 'node:path'
import type { PublishedPackage } from '../workspace.js'

/** The exports of an entry point, except those re-exported from other packages. */
export interface PublicNames {
  /** The packages that it re-exports completely. */
  readonly everythingOf: readonly string[]
  /** The names that exist at run time. */
  readonly values: readonly string[]
  /** The names that only the compiler knows. */
  readonly types: readonly string[]
}

// A report lists a namespace of functions, such as `commands`, without `export`.
const DECLARED =
  /^(?:export (?:declare )?(?:abstract )?(?:class|const|function|interface|type|enum)|declare namespace) ([\w$]+)/gm
const PASSED_ON = /^export \{ (?:\w+ as )?([\w$]+) \}/gm
const EVERYTHING = /^export \* from "([^"]+)";$/gm

/** The names in the report of an entry point; its module shows which of them exist at run time. */
export function namesIn(report: string, module: object): PublicNames {
  const names = [...new Set([...all(report, DECLARED), ...all(report, PASSED_ON)])]
  return {
    everythingOf: all(report, EVERYTHING),
    values: names.filter((name) => Object.hasOwn(module, name)),
    types: names.filter((name) => !Object.hasOwn(module, name)),
  }
}

/** The names that a report declares itself, without those re-exported from another package. */
export function declaredNames(report: string): readonly string[] {
  return all(report, DECLARED)
}

/** The names of each entry point of a package. */
export function publicNames(
  { folder, entries }: PublishedPackage,
  reports: ReadonlyMap<string, string>,
): Promise<readonly PublicNames[]> {
  return Promise.all(
    entries.map(async (entry) =>
      namesIn(reports.get(entry.specifier) ?? '', await import(join(folder, entry.default))),
    ),
  )
}

/** The exports of a package as a text to review. */
export function namesText({ name, entries }: PublishedPackage, reports: ReadonlyMap<string, string>): string {
  const sections = entries.flatMap(({ specifier }) => [
    `## ${specifier}`,
    '',
    '```ts',
    reports.get(specifier) ?? '',
    '```',
    '',
  ])
  return [`# What ${name} exports`, '', ...sections].join('\n')
}

function all(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? [])
}
