import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SOURCES } from './markdown/repository-links.js'

const LOADED = /<(?:script|img|iframe|source)\s[^>]*?\bsrc="([^"]*)"|<link\s[^>]*?\bhref="([^"]*)"/g
const ELSEWHERE = /^(?!data:)(?:[a-z]+:|\/\/)/

/** The resources that pages of the built site would load from another host, one per line, without links. */
export function loadedFromElsewhere(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.html'))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(LOADED)]
        .map(([, src, href]) => src ?? href ?? '')
        .filter((url) => ELSEWHERE.test(url))
        .map((url) => `${file}: ${url} is loaded from elsewhere`),
    )
}

/** Copies files of the repository to the built site as plain text, which every browser shows. */
export function copySources(paths: Iterable<string>, root: string, outDir: string): void {
  for (const path of paths) {
    const target = join(outDir, SOURCES, `${path}.txt`)
    mkdirSync(dirname(target), { recursive: true })
    cpSync(join(root, path), target)
  }
}
