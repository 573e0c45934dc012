import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Nodes, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import { ROOT } from './workspace.js'

/** A term of the glossary, and the words for the same thing that can be recognized as wrong. */
export interface Term {
  readonly term: string
  readonly meaning: string
  readonly wrong: readonly string[]
}

/** The rows of the glossary's tables. Wrong words are those in code font of the last column. */
export function termsIn(markdown: string): readonly Term[] {
  const page = fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] })
  const tables = page.children.filter((node): node is Table => node.type === 'table')
  return tables.flatMap(({ children: [, ...rows] }) =>
    rows.map(({ children: [term, meaning, wrong] }) => ({
      term: textOf(term),
      meaning: textOf(meaning),
      wrong: codesIn(wrong),
    })),
  )
}

/** The wrong words in a text, as `line: wrong (right)`. */
export function wrongWordsIn(text: string, terms: readonly Term[]): readonly string[] {
  return terms.flatMap(({ term, wrong }) =>
    wrong.flatMap((word) =>
      [
        ...text.matchAll(
          new RegExp(`(?<![\\w-])${word.replaceAll(' ', '\\s+(?:\\*\\s+|//\\s+)?')}(?![\\w-])`, 'gi'),
        ),
      ].map(({ index }) => `${text.slice(0, index).split('\n').length}: ${word} (${term})`),
    ),
  )
}

const FOLDERS = ['docs', 'examples', 'packages', 'tools', '.changeset']
const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md']
const TEXT = /\.(?:md|ts|vue)$/
// Output of tools, other people's words, and texts about the wrong words.
const PASSED_OVER =
  /(?:^|\/)(?:node_modules|dist|\.vitepress|site\/api|\.turbo|corpus|CHANGELOG\.md)(?:\/|$)|docs\/glossary\.md$|glossary(?:\.test)?\.ts$/

/** Every source and page, by its path. */
export function sourcesAndPages(): ReadonlyMap<string, string> {
  const paths = [
    ...PAGES.map((name) => join(ROOT, name)),
    ...FOLDERS.flatMap((name) => textsIn(join(ROOT, name))),
  ]
  return new Map(paths.map((path) => [relative(ROOT, path), readFileSync(path, 'utf8')]))
}

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (PASSED_OVER.test(relative(ROOT, path))) return []
    if (entry.isDirectory()) return textsIn(path)
    return TEXT.test(entry.name) ? [path] : []
  })
}

function textOf(node: Nodes | undefined): string {
  if (node === undefined) return ''
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

function codesIn(node: Nodes | undefined): readonly string[] {
  if (node === undefined) return []
  if (node.type === 'inlineCode') return [node.value]
  return 'children' in node ? node.children.flatMap(codesIn) : []
}
