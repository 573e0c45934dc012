import type { SnippetResult } from './snippet-check.js'

/** The outcome of each snippet, text by text, and their number; those of sources are only counted. */
export function report(results: readonly SnippetResult[]): string {
  const texts = [...byText(results)]
    .filter(([path]) => path.endsWith('.md'))
    .flatMap(([path, ofText]) => [path, ...ofText.map(line)])
  const run = results.filter(({ programs }) => programs.length > 0)
  const programs = run.flatMap((result) => result.programs)
  const examples = run.filter(({ snippet }) => snippet.path.endsWith('.ts'))
  return [
    ...texts,
    `${run.length} snippets ran as ${programs.length} programs, ${examples.length} of them examples in docstrings`,
    `${results.length - run.length} were not run`,
  ].join('\n')
}

/** The faults: of a snippet, or of a text without a runnable snippet. */
export function faultsIn(results: readonly SnippetResult[], texts: readonly string[]): readonly string[] {
  const failed = results.flatMap(({ snippet, faults }) =>
    faults.map((fault) => `${snippet.path}:${snippet.line} ${fault}`),
  )
  const run = new Set(
    results.filter(({ programs }) => programs.length > 0).map(({ snippet }) => snippet.path),
  )
  return [
    ...failed,
    ...texts.filter((path) => !run.has(path)).map((path) => `${path}: no snippet of it runs`),
  ]
}

function byText(results: readonly SnippetResult[]): ReadonlyMap<string, readonly SnippetResult[]> {
  const texts = [...new Set(results.map(({ snippet }) => snippet.path))].sort()
  return new Map(
    texts.map((path) => [
      path,
      results
        .filter(({ snippet }) => snippet.path === path)
        .sort((one, other) => one.snippet.line - other.snippet.line),
    ]),
  )
}

function line({ snippet, programs, faults }: SnippetResult): string {
  const outcome =
    snippet.notRun === undefined
      ? `${faults.length === 0 ? 'ran' : 'FAILED'} as ${programs.map(({ form }) => form).join(' and ')}`
      : `not run: ${snippet.notRun}`
  return `  ${`line ${snippet.line}`.padEnd(9)} ${snippet.language}  ${outcome}`
}
