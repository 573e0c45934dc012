// @ts-nocheck
import type { Listing } from './listing.js'
import { shownCell } from './listing.js'
import { oneLine } from './safe-text.js'

/** A list as a table of GitHub's Markdown. */
export function formatMarkdown<Row>({ columns, rows }: Listing<Row>): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`
  const rule = `| ${columns.map(({ align }) => (align === 'right' ? '--:' : '---')).join(' | ')} |`
  const body = rows.map((row) => line(columns.map((column) => oneLine(shownCell(column, row)))))
  return `${[line(columns.map(({ heading }) => heading)), rule, ...body].join('\n')}\n`
}

/** A list as an HTML table, to be put into a page in UTF-8. */
export function formatHtml<Row>({ columns, rows }: Listing<Row>): string {
  const heads = columns.map(({ heading }) => `<th>${escapeHtml(heading)}</th>`).join('')
  const body = rows.map((row) => {
    const cells = columns.map((column) => escapeHtml(oneLine(shownCell(column, row))))
    // A name may be written from right to left, whatever the page is.
    return `    <tr>${cells.map((cell) => `<td dir="auto">${cell}</td>`).join('')}</tr>`
  })
  return [
    '<table>',
    `  <thead>\n    <tr>${heads}</tr>\n  </thead>`,
    '  <tbody>',
    ...body,
    '  </tbody>',
    '</table>',
    '',
  ].join('\n')
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|~#]/g, (character) => `\\${character}`)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
