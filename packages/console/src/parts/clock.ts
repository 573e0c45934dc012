/** `18:04:09`, or with its day when that is another. */
export function shownTime(at: number, now: number = Date.now()): string {
  const date = new Date(at)
  const digits = (number: number) => String(number).padStart(2, '0')
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(digits).join(':')
  if (date.toDateString() === new Date(now).toDateString()) return time
  return `${[date.getFullYear(), date.getMonth() + 1, date.getDate()].map(digits).join('-')} ${time}`
}

const UNITS = [
  { unit: 'd', minutes: 1_440 },
  { unit: 'h', minutes: 60 },
  { unit: 'min', minutes: 1 },
] as const

/** A length in its two largest units: `6d 23h`. */
export function shownMinutes(minutes: number): string {
  const parts: string[] = []
  let rest = Math.max(0, Math.ceil(minutes))
  for (const { unit, minutes: size } of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}${unit}`)
  }
  return parts.slice(0, 2).join(' ') || 'less than a minute'
}
