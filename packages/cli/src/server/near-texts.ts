import leven from 'leven'

const SUGGESTIONS = 3
/** Of so many characters one may be wrong. */
const CHARACTERS_PER_SLIP = 3

/** The texts that somebody may have meant who typed another: those with it in them, and those a few slips away. */
export function near(typed: string, texts: readonly string[]): readonly string[] {
  const wanted = fold(typed)
  const slips = Math.max(1, Math.floor(wanted.length / CHARACTERS_PER_SLIP))
  const distances = texts.map((text) => ({ text, distance: distanceOf(wanted, fold(text), slips) }))
  return distances
    .filter(({ distance }) => distance <= slips)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS)
    .map(({ text }) => text)
}

function distanceOf(wanted: string, text: string, slips: number): number {
  if (wanted.length > 1 && text.includes(wanted)) return 0
  return leven(wanted, text, { maxDistance: slips + 1 })
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
