import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** A program in a page: the runnable file, named in a comment, and the code after it. */
const PROGRAM = /^<!-- (examples\/\S+\.ts) -->\n```ts\n(?:.*?\n)??```$/gms

const pages = readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ page: `docs/${name}`, programs: [...read(`docs/${name}`).matchAll(PROGRAM)] }))
  .filter(({ programs }) => programs.length > 0)

it('every recipe shows a program that runs', () => {
  const recipes = readdirSync(new URL('docs/recipes/', root))
  expect(recipes.length).toBeGreaterThanOrEqual(5)
  expect(pages.map(({ page }) => page)).toEqual(
    expect.arrayContaining(recipes.map((name) => `docs/recipes/${name}`)),
  )
})

it.each(pages)(
  '$page shows its programs as they are; after a change, update it with -u',
  async ({ page }) => {
    const current = read(page).replace(PROGRAM, (_, file: string) => {
      const code = read(file).replace(/^\/\/ #(?:end)?region.*\n/gm, '')
      return `<!-- ${file} -->\n\`\`\`ts\n${code}\`\`\``
    })
    await expect(current).toMatchFileSnapshot(fileURLToPath(new URL(page, root)))
  },
)

it('no page includes a file in a way that only the site understands', () => {
  const all = readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
  const including = all.filter((name) => name.endsWith('.md') && /^<<</m.test(read(`docs/${name}`)))
  expect(including).toEqual([])
})
