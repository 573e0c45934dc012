import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type PublishedPackage, ROOT } from '../workspace.js'
import { docstringSnippets } from './docstrings.js'
import { type Snippet, snippetsIn } from './snippets.js'

/** The texts that people read first, each of which must show something that runs. */
export function readmes(packages: readonly PublishedPackage[]): readonly string[] {
  return ['README.md', ...packages.map(({ path }) => `${path}/README.md`)]
}

/** What people copy: the snippets of the READMEs and of the docstrings. */
export function allSnippets(packages: readonly PublishedPackage[]): readonly Snippet[] {
  return [
    ...readmes(packages).flatMap((path) => snippetsIn(path, read(path))),
    ...packages.flatMap(sources).flatMap((path) => docstringSnippets(path, read(path))),
  ]
}

function sources({ folder }: PublishedPackage): readonly string[] {
  const files = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => relative(ROOT, join(folder, 'src', path)))
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}
