/** Where the pages come from: files of the repository, each with its path on the site. What matches nothing is no page. */
const PLACES: readonly (readonly [source: RegExp, page: string])[] = [
  [/^docs\/(.+)\.md$/, '$1.md'],
  [/^packages\/([a-z]+)\/README\.md$/, 'packages/$1.md'],
  [/^tools\/site\/api\/README\.md$/, 'api/index.md'],
  [/^tools\/site\/api\/@bercon\/(.+)\.md$/, 'api/$1.md'],
  [/^(ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$/, '$1.md'],
]

/** The page that a file of the repository is, by its path: `packages/core.md` for `packages/core/README.md`. */
export function pageOf(source: string): string | undefined {
  for (const [pattern, page] of PLACES)
    if (pattern.test(source)) return source.replace(pattern, page).replace(/^[A-Z]+\.md$/, lowered)
  return undefined
}

function lowered(name: string): string {
  return name.toLowerCase()
}
