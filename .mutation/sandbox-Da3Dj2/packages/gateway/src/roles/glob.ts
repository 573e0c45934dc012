/** Whether a name is one of those that were meant. */
// @ts-nocheck

export type NameCheck = (name: string) => boolean

/**
 * A check for names by globs: `*` is any number of characters, all others are themselves, without regard to case.
 *
 * @param globs - none matches nothing.
 */
export function anyOf(globs: readonly string[]): NameCheck {
  const parts = globs.map((glob) => glob.toLowerCase().split('*'))
  return (name) => parts.some((between) => isLike(name.toLowerCase(), between))
}

/** Takes each part where it first appears, which finds a match if there is one, in linear time. */
function isLike(name: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last))
    return false
  const end = name.length - last.length
  let at = first.length
  for (const part of others) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
