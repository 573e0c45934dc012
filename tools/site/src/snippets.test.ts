import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** Each place where a page shows a file: VitePress shows all of it, or a few words, where there is no such part of it. */
const snippets = readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) =>
    [...read(`docs/${page}`).matchAll(/^<<< @\/(\S+?\.ts)(?:#(\w+))?$/gm)].map(([, file, region]) => ({
      page,
      file: String(file),
      region,
    })),
  )

it('the recipes show the programs that run', () => {
  const recipes = snippets.filter(({ page }) => page.startsWith('recipes/'))
  expect(recipes.length).toBeGreaterThanOrEqual(5)
  for (const { file } of recipes) expect(file).toMatch(/^examples\/recipes\/src\//)
})

it.each(snippets)('$page shows a part of $file that is there', ({ file, region }) => {
  const source = read(file)
  if (region !== undefined) expect(source).toContain(`// #region ${region}\n`)
})

it('no page asks for a file in another way', () => {
  const pages = new Set(snippets.map(({ page }) => page))
  for (const page of pages) {
    const asked = read(`docs/${page}`).match(/^<<</gm)
    expect(asked).toHaveLength(snippets.filter((snippet) => snippet.page === page).length)
  }
})
