import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { parseSync } from 'oxc-parser'
import { type PublishedPackage, ROOT } from '../workspace.js'

/** The languages of runnable snippets. */
export type Language = 'js' | 'ts' | 'sh'

/** The code of a text, as a reader would copy it. */
export interface Snippet {
  /** The text that contains it, relative to the repository. */
  readonly path: string
  readonly line: number
  readonly language: Language
  readonly code: string
  /** Why it does not run, if the text states a reason. */
  readonly notRun: string | undefined
}

const LANGUAGES: readonly Language[] = ['js', 'ts', 'sh']

/** A comment before a snippet that does not run, with the reason; readers do not see it. */
const NOT_RUN = /^<!--\s*not run:\s*(\S.*?)\s*-->$/s

/** The snippets of a Markdown text, in order. */
export function snippetsIn(path: string, markdown: string): readonly Snippet[] {
  return snippetsOf(path, fromMarkdown(markdown))
}

function snippetsOf(path: string, parent: Nodes): readonly Snippet[] {
  if (!('children' in parent)) return []
  return parent.children.flatMap((node, index) => {
    const language = node.type === 'code' ? LANGUAGES.find((known) => known === node.lang) : undefined
    if (node.type !== 'code' || language === undefined) return snippetsOf(path, node)
    const before = parent.children[index - 1]
    const [, notRun] = NOT_RUN.exec(before?.type === 'html' ? before.value : '') ?? []
    return [{ path, line: node.position?.start.line ?? 0, language, code: node.value, notRun }]
  })
}

/** The snippets in a source's docstrings: its examples. */
export function docstringSnippets(path: string, source: string): readonly Snippet[] {
  return parseSync(path, source)
    .comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    .flatMap(({ value, start }) => {
      const linesAbove = source.slice(0, start).split('\n').length - 1
      const markdown = value.replace(/^\s*\*+ ?/gm, '')
      return snippetsIn(path, markdown).map((snippet) => ({ ...snippet, line: snippet.line + linesAbove }))
    })
}

/** The texts that people read first; each must contain a runnable snippet. */
export function readmes(packages: readonly PublishedPackage[]): readonly string[] {
  return ['README.md', ...packages.map(({ path }) => `${path}/README.md`)]
}

/** The snippets that people copy: those of the READMEs and docstrings. */
export function allSnippets(packages: readonly PublishedPackage[]): readonly Snippet[] {
  return [
    ...readmes(packages).flatMap((path) => snippetsIn(path, read(path))),
    ...packages.flatMap(sources).flatMap((path) => docstringSnippets(path, read(path))),
  ]
}

function sources({ folder }: PublishedPackage): readonly string[] {
  const files = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => relative(ROOT, join(folder, 'src', path)))
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}
