/** Sections about a member's origin in the sources, which callers do not need. */
const ORIGIN = /^(#{2,6}) (?:Extends|Extended by|Implements|Implementation of|Inherited from|Overrides)$/

const HEADING = /^(#{1,6}) /
const FENCE = /^\s*```/

/** A page of the reference without the sections about inheritance. */
export function withoutInheritance(markdown: string): string {
  let depth = 0
  let inFence = false
  const kept = markdown.split('\n').filter((line) => {
    if (FENCE.test(line)) inFence = !inFence
    if (inFence) return depth === 0
    const origin = ORIGIN.exec(line)?.[1]
    const heading = HEADING.exec(line)?.[1]
    // A horizontal rule or an anchor belongs to the member after it.
    const isNext =
      line === '***' || line.startsWith('<a id=') || (heading !== undefined && heading.length <= depth)
    if (origin !== undefined) depth = origin.length
    else if (isNext) depth = 0
    return depth === 0
  })
  return kept.join('\n')
}
