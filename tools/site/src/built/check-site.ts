import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

/** What is wrong on the built site, a line each: links to pages, files and anchors that are not there, and things loaded from elsewhere. */
export function problemsOf(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const pages = new Map(
    files.filter((file) => file.endsWith('.html')).map((file) => [file, readPage(join(folder, file))]),
  )
  return [...pages].flatMap(([file, page]) => [
    ...page.links.filter((href) => isDead(href, file)).map((href) => `${file}: ${href} leads nowhere`),
    ...page.foreign.map((url) => `${file}: ${url} is loaded from elsewhere`),
  ])

  function isDead(href: string, from: string): boolean {
    const [path = '', hash = ''] = href.split('#')
    const target = path === '' ? from : inFolder(path, from)
    const page = pages.get(target)
    if (page === undefined) return !existsSync(join(folder, target))
    return hash !== '' && !page.anchors.has(decodeURIComponent(hash))
  }
}

interface Page {
  readonly anchors: ReadonlySet<string>
  /** Links that stay on the site. */
  readonly links: readonly string[]
  /** What the page itself would fetch from another host. */
  readonly foreign: readonly string[]
}

const ELSEWHERE = /^(?:[a-z]+:|\/\/)/

function readPage(path: string): Page {
  const html = readFileSync(path, 'utf8')
  const links = valuesOf(html, /<a\s[^>]*?\bhref="([^"]*)"/g)
  const loaded = [
    ...valuesOf(html, /<(?:script|img|iframe|source)\s[^>]*?\bsrc="([^"]*)"/g),
    ...valuesOf(html, /<link\s[^>]*?\bhref="([^"]*)"/g),
  ]
  return {
    anchors: new Set(valuesOf(html, /\sid="([^"]*)"/g)),
    links: links.filter((href) => !ELSEWHERE.test(href)),
    foreign: loaded.filter((url) => ELSEWHERE.test(url) && !url.startsWith('data:')),
  }
}

function valuesOf(html: string, attribute: RegExp): readonly string[] {
  return [...html.matchAll(attribute)].map(([, value]) => String(value).replaceAll('&amp;', '&'))
}

function inFolder(path: string, from: string): string {
  const target = path.startsWith('/') ? path.slice(1) : posix.join(dirname(from), path)
  return target === '' || target.endsWith('/') ? `${target}index.html` : decodeURI(target)
}
