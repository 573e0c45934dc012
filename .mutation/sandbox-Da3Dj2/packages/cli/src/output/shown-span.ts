// @ts-nocheck
const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const
const YEAR = ['y', 31_536_000] as const

/** A length of time, exactly: `7d`, `1d 12h`, `1h 30min`. */
export function shownSpan(seconds: number): string {
  return inUnits(seconds, UNITS).join(' ')
}

/** A length of time in its two greatest units: `6d 23h`. */
export function roughSpan(seconds: number): string {
  return inUnits(seconds, [YEAR, ...UNITS])
    .slice(0, 2)
    .join(' ')
}

function inUnits(seconds: number, units: readonly (readonly [name: string, length: number])[]): string[] {
  const parts: string[] = []
  let left = Math.round(seconds)
  for (const [name, length] of units) {
    const count = Math.floor(left / length)
    left -= count * length
    if (count > 0) parts.push(`${count}${name}`)
  }
  return parts.length === 0 ? ['0s'] : parts
}
