import { parseSync, type StaticImport } from 'oxc-parser'
import type { Snippet } from './snippets.js'

/** A way in which a snippet is run. */
type Form = 'ESM' | 'CommonJS' | 'shell'

/** A snippet as a file to run. */
export interface Program {
  readonly snippet: Snippet
  readonly form: Form
  /** The file to write; TypeScript is compiled before it runs. */
  readonly source: string
  readonly code: string
}

/**
 * The files to run for a snippet: a shell script, or a module of each kind. The example of a docstring needs only one
 * kind, because its package is tested as both.
 */
export function programsOf(snippet: Snippet): readonly Program[] {
  const { path, line, language, code } = snippet
  const stem = `${path.replace(/\W+/g, '-')}-line-${line}`
  if (language === 'sh') return [{ snippet, form: 'shell', source: `${stem}.sh`, code }]
  const extension = language === 'ts' ? 'ts' : 'js'
  const esm: Program = { snippet, form: 'ESM', source: `${stem}.m${extension}`, code }
  if (path.endsWith('.ts')) return [esm]
  return [esm, { snippet, form: 'CommonJS', source: `${stem}.c${extension}`, code: commonJs(code, language) }]
}

/** The command that runs a compiled program. */
export function runnable({ form, source }: Program): { readonly command: string; readonly file: string } {
  return form === 'shell'
    ? { command: 'bash', file: source }
    : { command: 'node', file: source.replace(/ts$/, 'js') }
}

/**
 * Converts a module to CommonJS: its imports first, the rest in an async function, because CommonJS has no top-level
 * `await`. In TypeScript the imports stay unchanged, because the compiler turns them into `require`.
 */
export function commonJs(code: string, language: 'js' | 'ts'): string {
  const { module, errors } = parseSync(`snippet.m${language}`, code)
  if (errors.length > 0) throw new Error(errors[0]?.message)
  const imports = module.staticImports.map((found) =>
    language === 'ts' ? code.slice(found.start, found.end) : requirement(found),
  )
  const body = module.staticImports.reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    code,
  )
  return [...imports, 'void (async () => {', body.trim(), '})()', ''].join('\n')
}

function requirement({ moduleRequest, entries }: StaticImport): string {
  const required = `require('${moduleRequest.value}')`
  const [first] = entries
  if (first === undefined) return required
  if (first.importName.kind === 'NamespaceObject') return `const ${first.localName.value} = ${required}`
  const names = entries.map(({ importName, localName }) =>
    importName.kind === 'Default'
      ? `default: ${localName.value}`
      : importName.name === localName.value
        ? localName.value
        : `${importName.name}: ${localName.value}`,
  )
  return `const { ${names.join(', ')} } = ${required}`
}

/** The output that a snippet promises: the comment after each `console.log` that is alone on its line. */
export function promisedLines(code: string): readonly string[] {
  const { comments } = parseSync('snippet.mts', code)
  return comments
    .filter(
      ({ type, start }) => type === 'Line' && isLog(code.slice(code.lastIndexOf('\n', start) + 1, start)),
    )
    .map(({ value }) => value.trim())
}

function isLog(before: string): boolean {
  return before.trim().startsWith('console.log(') && before.trim().endsWith(')')
}
