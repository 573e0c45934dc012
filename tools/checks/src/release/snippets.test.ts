import { describe, expect, it } from 'vitest'
import { docstringSnippets, snippetsIn } from './snippets.js'

const TEXT = `# A package

\`\`\`ts
await thing()
\`\`\`

- in a list:

  \`\`\`js
  other()
  \`\`\`

<!-- not run: it never ends -->
\`\`\`sh
watch
\`\`\`

\`\`\`toml
a = 1
\`\`\`
`

describe('the snippets of a text', () => {
  it('are its JavaScript, TypeScript and shell code, at any position', () => {
    expect(snippetsIn('README.md', TEXT)).toEqual([
      { path: 'README.md', line: 3, language: 'ts', code: 'await thing()', notRun: undefined },
      { path: 'README.md', line: 9, language: 'js', code: 'other()', notRun: undefined },
      { path: 'README.md', line: 14, language: 'sh', code: 'watch', notRun: 'it never ends' },
    ])
  })

  it('run unless a reason is given', () => {
    const [snippet] = snippetsIn('README.md', '<!-- not run: -->\n```js\na()\n```')
    expect(snippet?.notRun).toBeUndefined()
  })
})

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

it('a source’s snippets are those of its docstrings, as copied by a reader', () => {
  expect(docstringSnippets('a.ts', SOURCE)).toEqual([
    { path: 'a.ts', line: 8, language: 'ts', code: 'if (a) {\n  b()\n}', notRun: undefined },
  ])
})
