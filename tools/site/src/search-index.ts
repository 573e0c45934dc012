import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FENCE = /^([ \t]*)(`{3,})[^`\n]*\n.*?^\1\2`*[ \t]*$/gms
const HEADING = /<h[1-6] id="([^"]+)"/g

/** A page without its code: people search for words, and highlighting code would double the indexing time. */
export function withoutFences(markdown: string): string {
  return markdown.replace(FENCE, '')
}

/** The headings of the built site missing from its search index, as `page.html#anchor`. */
export function headingsNotIndexed(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const indexFile = files.find((file) => file.includes('@localSearchIndex'))
  if (indexFile === undefined) return ['The site has no search index.']
  const index = indexedIds(readFileSync(join(folder, indexFile), 'utf8'))
  return files
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(HEADING)].map(
        ([, id]) => `${pageAt(file)}#${id}`,
      ),
    )
    .filter((heading) => !index.has(heading))
}

/** A folder's own page is indexed under the name of the folder. */
function pageAt(file: string): string {
  return file.replace(/(^|\/)index\.html$/, '$1')
}

/** The entries of the index, as `page.html#anchor`. */
function indexedIds(module: string): ReadonlySet<string> {
  const [, ids = ''] = /"documentIds":\{([^}]*)\}/.exec(module) ?? []
  return new Set([...ids.matchAll(/:"\/?([^"]*)"/g)].map(([, id]) => id ?? ''))
}
