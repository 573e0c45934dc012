import type { Nodes, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'

/** The names in a README's table of exports. */
export interface ExportTable {
  /** The names that its rows are about: the code in the first column. */
  readonly subjects: readonly string[]
  /** Every name in code anywhere in it. */
  readonly mentioned: ReadonlySet<string>
}

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu

/** Parses the table whose first column is headed `Export`; `undefined` if there is none. */
export function exportTable(markdown: string): ExportTable | undefined {
  const text = fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] })
  const table = text.children.find(
    (node): node is Table => node.type === 'table' && heading(node) === 'Export',
  )
  if (table === undefined) return undefined
  const first = table.children.flatMap(({ children: [cell] }) => (cell === undefined ? [] : codesIn(cell)))
  return {
    subjects: first.map((code) => code.replace(/\(.*/s, '')),
    mentioned: new Set(codesIn(table).flatMap((code) => code.match(NAME) ?? [])),
  }
}

function heading({ children: [row] }: Table): string | undefined {
  const [cell] = row?.children ?? []
  const [text] = cell?.children ?? []
  return text?.type === 'text' ? text.value : undefined
}

function codesIn(node: Nodes): readonly string[] {
  if (node.type === 'inlineCode') return [node.value]
  return 'children' in node ? node.children.flatMap(codesIn) : []
}
