import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { copySources, loadedFromElsewhere } from '../src/built-site.js'
import { pictureFences } from '../src/markdown/picture-fences.js'
import { repositoryLinks } from '../src/markdown/repository-links.js'
import { ruleLinks } from '../src/markdown/rule-links.js'
import { pageOf, SIDEBAR } from '../src/pages.js'
import { drawPictures } from '../src/pictures/pictures.js'
import { headingsNotIndexed, withoutFences } from '../src/search-index.js'
import { vueForPages } from '../src/vue-for-pages.js'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const pictures = await drawPictures()
const sources = new Set<string>()

export default defineConfig({
  title: 'bercon',
  description: 'BattlEye RCON for TypeScript, in layers',
  lang: 'en',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  // The repository itself, so that a page is the same file that people read there.
  srcDir: ROOT,
  srcExclude: [
    'README.md',
    'packages/*/{CHANGELOG,public-names}.md',
    'examples/**',
    'tools/{checks,contract,trials}/**',
    'tools/site/{src,.vitepress}/**',
  ],
  cacheDir: './.vitepress/cache',
  rewrites: (source) => pageOf(source) ?? source,
  ignoreDeadLinks: false,
  metaChunk: true,
  markdown: {
    config(md) {
      pictureFences(md, pictures)
      ruleLinks(md)
      repositoryLinks(md, ROOT, (path) => sources.add(path))
    },
  },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/getting-started' },
      { text: 'Packages', link: '/layers' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: SIDEBAR,
    outline: { level: [2, 3] },
    search: {
      provider: 'local',
      options: {
        _render: (source, env, md) => md.render(withoutFences(source), env),
      },
    },
  },
  vite: {
    plugins: [vueForPages()],
    // The search index is one file.
    build: { chunkSizeWarningLimit: 1_000 },
  },
  // These have wide programs, tables or pictures, and few headings to list beside them.
  transformPageData: ({ relativePath, frontmatter }) =>
    /^(?:recipes\/|from-|architecture)/.test(relativePath)
      ? { frontmatter: { ...frontmatter, aside: false } }
      : undefined,
  buildEnd({ outDir }) {
    copySources(sources, ROOT, outDir)
    const loaded = loadedFromElsewhere(outDir)
    if (loaded.length > 0) throw new Error(`The site loads files from other hosts:\n${loaded.join('\n')}`)
    const missing = headingsNotIndexed(outDir)
    if (missing.length > 0) throw new Error(`The search does not find these headings:\n${missing.join('\n')}`)
  },
})
