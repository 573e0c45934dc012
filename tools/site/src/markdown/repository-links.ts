import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { pageOf } from '../pages.js'

/** Where the site shows files of the repository that are not pages. */
export const SOURCES = 'source'

interface Env {
  /** Absolute, in the repository; `path` is that of the page. */
  readonly realPath?: string
  readonly path: string
}

/**
 * Resolves links between pages, and to sources, like a repository does, so that the same text works in both. A link to
 * a missing file stays unchanged, for the check of dead links to find.
 *
 * @param onSource Called with each linked file that is not a page; the link then leads to its text.
 */
export function repositoryLinks(md: MarkdownRenderer, root: string, onSource: (path: string) => void): void {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const { realPath, path } = env as Env
    for (const { children } of tokens)
      for (const token of children ?? []) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null
        if (href !== null) token.attrSet('href', onSite(href, dirname(realPath ?? path)))
      }
  })

  const onSite = (href: string, folder: string): string => {
    const [, path = '', hash = ''] = /^([^#]*)(#.*)?$/.exec(href) ?? []
    if (path === '' || /^[a-z]+:/.test(path)) return href
    const file = fileAt(path.startsWith('/') ? join(root, path) : resolve(folder, decodeURI(path)))
    if (file === undefined) return href
    const source = relative(root, file)
    const page = pageOf(source)
    if (page !== undefined) return `/${page}${hash}`
    onSource(source)
    return `/${SOURCES}/${source}.txt`
  }
}

/** The file at a path; for a folder its README, like a code host. */
function fileAt(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  return statSync(path).isDirectory() ? fileAt(join(path, 'README.md')) : path
}
