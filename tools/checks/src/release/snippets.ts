import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { parseSync } from 'oxc-parser'
import { type PublishedPackage, ROOT } from '../workspace.js'

/** The languages of the snippets that are run. */
export type Language = 'js' | 'ts' | 'sh'

/** A piece of code of a text, as a reader would copy it. */
export interface Snippet {
  /** The text it stands in, relative to the repository. */
  readonly path: string
  readonly line: number
  readonly language: Language
  readonly code: string
  /** Why it is not run, where the text says so. */
  readonly notRun: string | undefined
}

const LANGUAGES: readonly Language[] = ['js', 'ts', 'sh']

/** Stands in the source of a text before a snippet that is not run, and says why; readers do not see it. */
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

/** The snippets of the docstrings in a source: its examples. */
export function docstringSnippets(path: string, source: string): readonly Snippet[] {
  return parseSync(path, source)
    .comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    .flatMap(({ value, start }) => {
      const linesAbove = source.slice(0, start).split('\n').length - 1
      const markdown = value.replace(/^\s*\*+ ?/gm, '')
      return snippetsIn(path, markdown).map((snippet) => ({ ...snippet, line: snippet.line + linesAbove }))
    })
}

/** The texts that people read first, each of which must show something that runs. */
export function readmes(packages: readonly PublishedPackage[]): readonly string[] {
  return ['README.md', ...packages.map(({ path }) => `${path}/README.md`)]
}

/** What people copy: the snippets of the READMEs and of the docstrings. */
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
