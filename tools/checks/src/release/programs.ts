import { commonJs } from './common-js.js'
import type { Snippet } from './snippets.js'

/** A way in which a snippet is run. */
type Form = 'ESM' | 'CommonJS' | 'shell'

/** A snippet as a file that can be run. */
export interface Program {
  readonly snippet: Snippet
  readonly form: Form
  /** The file to write; that of TypeScript is compiled before it is run. */
  readonly source: string
  readonly code: string
}

/**
 * The files that a snippet is tried as: a shell script, or a module of each kind; for the example of a docstring one
 * kind is enough, because its package is tried as both.
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

/** What to run of a program, once it is compiled. */
export function runnable({ form, source }: Program): { readonly command: string; readonly file: string } {
  return form === 'shell'
    ? { command: 'bash', file: source }
    : { command: 'node', file: source.replace(/ts$/, 'js') }
}
