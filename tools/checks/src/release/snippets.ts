import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'

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
