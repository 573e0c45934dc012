import { parseSync } from 'oxc-parser'

/** What a snippet says that it prints: the comment behind each `console.log` that stands alone on its line. */
export function promisedLines(code: string): readonly string[] {
  const { comments } = parseSync('snippet.mts', code)
  return comments
    .filter(
      ({ type, start }) => type === 'Line' && isLog(code.slice(code.lastIndexOf('\n', start) + 1, start)),
    )
    .map(({ value }) => value.trim())
}

function isLog(before: string): boolean {
  return before.trim().startsWith('console.log(') && before.trim().endsWith(')')
}
