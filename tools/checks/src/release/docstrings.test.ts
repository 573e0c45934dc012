import { expect, it } from 'vitest'
import { docstringSnippets } from './docstrings.js'

const SOURCE = `/** One line. */
export const a = 1

/**
 * More.
 *
 * @example
 * \`\`\`ts
 * if (a) {
 *   b()
 * }
 * \`\`\`
 */
export const b = 2 // \`\`\`ts
/* no docstring */
`

it('the snippets of a source are those of its docstrings, as they would be copied', () => {
  expect(docstringSnippets('a.ts', SOURCE)).toEqual([
    { path: 'a.ts', line: 8, language: 'ts', code: 'if (a) {\n  b()\n}', notRun: undefined },
  ])
})
