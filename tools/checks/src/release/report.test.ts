import { expect, it } from 'vitest'
import { programsOf } from './programs.js'
import { faultsIn, report } from './report.js'
import type { SnippetResult } from './snippet-check.js'
import type { Language } from './snippets.js'

function result(path: string, line: number, language: Language, faults: string[] = []): SnippetResult {
  const snippet = { path, line, language, code: '', notRun: undefined }
  return { snippet, programs: programsOf(snippet), faults }
}

const idle: SnippetResult = {
  snippet: { path: 'B.md', line: 3, language: 'sh', code: '', notRun: 'it never ends' },
  programs: [],
  faults: [],
}
const results = [result('A.md', 9, 'ts', ['as ESM it ended with 1']), result('A.md', 2, 'js'), idle]

it('reports the outcome of each snippet, and only counts those of docstrings', () => {
  expect(report([...results, result('src/a.ts', 4, 'ts')])).toBe(`A.md
  line 2    js  ran as ESM and CommonJS
  line 9    ts  FAILED as ESM and CommonJS
B.md
  line 3    sh  not run: it never ends
3 snippets ran as 5 programs, 1 of them examples in docstrings
1 were not run`)
})

it('reports failures, and texts without a runnable snippet', () => {
  expect(faultsIn(results, ['A.md', 'B.md', 'C.md'])).toEqual([
    'A.md:9 as ESM it ended with 1',
    'B.md: no snippet of it runs',
    'C.md: no snippet of it runs',
  ])
})
