import type { CaseResult } from './run-cases.js'

const MARKS = { right: 'ok', wrong: 'WRONG', unseen: '-', seen: 'seen' } as const

// What a peer sends can hold anything; a terminal gets text.
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** One line of the table. */
export function lineOf({ verdict, level, rule, id, did }: CaseResult): string {
  return visible([MARKS[verdict].padEnd(5), level.padEnd(8), rule.padEnd(9), id.padEnd(30), did].join('  '))
}

/** A wrong case in full: what is right, what the peer did, and the datagrams around it. */
export function detailsOf({ id, rule, title, right, did, datagrams, datagramsLeft }: CaseResult): string {
  const shown = datagrams.slice(0, MOST_SHOWN)
  const left = datagrams.length - shown.length + datagramsLeft
  const lines = shown.map(
    ({ atMs, from, text }) => `  ${String(atMs).padStart(6)} ms  ${from === 'client' ? '->' : '<-'}  ${text}`,
  )
  return [
    `${id} (${rule}): ${title}`,
    `  right: ${right}`,
    `  did:   ${did}`,
    ...lines,
    ...(left > 0 ? [`  and ${left} more datagrams`] : []),
  ]
    .map(visible)
    .join('\n')
}

const MOST_SHOWN = 24

/** The last lines: how many of each level. */
export function summaryOf(results: readonly CaseResult[]): string {
  const count = (level: string, verdict: string) =>
    results.filter((each) => each.level === level && each.verdict === verdict).length
  const judged = (['must', 'should'] as const).map(
    (level) =>
      `${level}: ${count(level, 'right')} right, ${count(level, 'wrong')} wrong, ${count(level, 'unseen')} not seen`,
  )
  const failed = count('observed', 'wrong')
  return [...judged, `observed: ${count('observed', 'seen')}${failed > 0 ? `, ${failed} wrong` : ''}`].join(
    '\n',
  )
}

/**
 * Whether the peer broke a rule that it must keep, or a case of what is only observed could not begin any more; with
 * `strict`, also whether it broke one that it should keep.
 */
export function hasFailed(results: readonly CaseResult[], strict: boolean): boolean {
  return results.some(({ verdict, level }) => verdict === 'wrong' && (level !== 'should' || strict))
}

function visible(text: string): string {
  return text.replace(CONTROL, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
