import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { headingsNotIndexed, withoutFences } from './search-index.js'

const root = new URL('../../../', import.meta.url)

const pages = [
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...readdirSync(new URL('packages/', root)).map((name) => `packages/${name}/README.md`),
]

it.each(pages)('the search reads every heading of %s', (page) => {
  const text = readFileSync(new URL(page, root), 'utf8')
  expect(headings(withoutFences(text))).toEqual(headings(text))
})

it('a fence ends at its own end, not at the start of the next', () => {
  const text = '# A\n\n```ts\n# no heading\n```\n\n## B\n\n- C\n\n  ````md\n  ```js\n  ```\n  ````\n\n## D\n'
  expect(withoutFences(text).match(/^#+ .*/gm)).toEqual(['# A', '## B', '## D'])
  expect(withoutFences(text)).not.toContain('no heading')
})

it('names each heading of the built site without an entry in the index', () => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'api'))
  writeFileSync(join(folder, 'api/index.html'), '<h1 id="api">API</h1>')
  writeFileSync(join(folder, 'api/a.html'), '<h1 id="a" tabindex="-1">A</h1><h2 id="kick">kick()</h2>')
  expect(headingsNotIndexed(folder)).toEqual(['The site has no search index.'])
  writeFileSync(
    join(folder, '@localSearchIndexroot.js'),
    'const e=\'{"documentIds":{"0":"/api/a.html#a","1":"/api/#api"}}\'',
  )
  expect(headingsNotIndexed(folder)).toEqual(['api/a.html#kick'])
})

/** The headings of a page, found line by line. */
function headings(text: string): readonly string[] {
  let fence: string | undefined
  return text.split('\n').filter((line) => {
    const [, ticks] = /^\s*(`{3,})/.exec(line) ?? []
    if (fence === undefined) fence = ticks
    else if (ticks !== undefined && ticks.length >= fence.length && line.trim() === ticks) fence = undefined
    return fence === undefined && /^#{1,6} /.test(line)
  })
}
