import { parseSync } from 'oxc-parser'
import { type Snippet, snippetsIn } from './snippets.js'

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
