import { fileURLToPath } from 'node:url'
import { createMarkdownRenderer, type MarkdownRenderer } from 'vitepress'
import { expect, it } from 'vitest'
import { pageOf } from '../pages.js'
import { pictureFences } from './picture-fences.js'
import { repositoryLinks } from './repository-links.js'
import { ruleLinks } from './rule-links.js'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const sources: string[] = []
const md: MarkdownRenderer = await createMarkdownRenderer(ROOT, {
  config(renderer) {
    pictureFences(
      renderer,
      new Map([['dot', { wide: '<svg viewBox="0 0 1 1"></svg>', narrow: '<ol></ol>' }]]),
    )
    ruleLinks(renderer)
    repositoryLinks(renderer, ROOT, (path) => sources.push(path))
  },
})

/** Where the links of a text lead that stands in a file of the repository. */
function linksIn(text: string, file: string): readonly (string | undefined)[] {
  const html = md.render(text, {
    realPath: `${ROOT}${file}`,
    path: 'nowhere',
    relativePath: 'x.md',
    cleanUrls: false,
  })
  return [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)
}

it.each([
  ['docs/recipes/whitelist.md', 'recipes/whitelist.md'],
  ['packages/core/README.md', 'packages/core.md'],
  ['tools/site/api/README.md', 'api/index.md'],
  ['tools/site/api/@bercon/core/testing/README.md', 'api/core/testing/index.md'],
  ['tools/site/api/@bercon/core/classes/Player.md', 'api/core/classes/Player.md'],
  ['CONTRIBUTING.md', 'contributing.md'],
  ['README.md', undefined],
  ['packages/core/CHANGELOG.md', undefined],
])('%s is the page %s', (source, page) => {
  expect(pageOf(source)).toBe(page)
})

it('a link between files of the repository becomes one between pages', () => {
  const links = linksIn(
    '[a](../core) [b](../../docs/errors.md#codes) [c](/SECURITY.md)',
    'packages/client/README.md',
  )
  expect(links).toEqual(['/packages/core.html', '/errors.html#codes', '/security.html'])
})

it('a link to a source becomes one to its text, which is asked for', () => {
  expect(linksIn('[bot](../../examples/rx/src/chat-bot.ts)', 'packages/rx/README.md')).toEqual([
    '/source/examples/rx/src/chat-bot.ts.txt',
  ])
  expect(sources).toEqual(['examples/rx/src/chat-bot.ts'])
})

it('links within the page, to elsewhere, and to nothing stay as they are', () => {
  const links = linksIn('[a](#here) [b](https://example.org/x) [c](./gone.md)', 'docs/errors.md')
  expect(links).toEqual(['#here', 'https://example.org/x', './gone.html'])
})

it('a fence that asks for a picture is that picture, with its caption for who cannot see it', () => {
  expect(md.render('```picture dot A dot & more\nas text\n```')).toBe(
    '<figure class="picture" v-pre><div class="wide"><svg role="img" aria-label="A dot &amp; more" viewBox="0 0 1 1"></svg></div>' +
      '<div class="narrow"><ol></ol></div>' +
      '<figcaption>A dot &amp; more</figcaption></figure>\n',
  )
  expect(() => md.render('```picture gone x\n```')).toThrow('There is no picture called gone')
})

it('the number of a rule leads to the rule, but not in code, in a link, in a heading or where there is no such rule', () => {
  expect(linksIn('(W7, W16)', 'docs/errors.md')).toEqual([
    '/protocol-rules.html#w7',
    '/protocol-rules.html#w16',
  ])
  expect(linksIn('`W7` W17 P10 XW7 [P9](https://example.org/)', 'docs/errors.md')).toEqual([
    'https://example.org/',
  ])
  expect(linksIn('## About W7', 'docs/errors.md')).not.toContain('/protocol-rules.html#w7')
})
