/** One thing that happens: something goes from one to another, or, where both are the same, happens there. */
export interface Step {
  readonly from: string
  readonly to: string
  readonly label: string
  /** When, in ms. */
  readonly at?: number
  /** Whether it never arrives. */
  readonly isLost?: boolean
}

const COLUMN = 160
const ROW = 34
const HEAD = 44
const TIMES = 64
const CHARACTER = 6.3

/** Who speaks to whom, from top to bottom, as a picture. */
export function sequenceDiagram(who: readonly string[], steps: readonly Step[]): string {
  const left = steps.some(({ at }) => at !== undefined) ? TIMES : 0
  const x = (name: string) => left + COLUMN * (who.indexOf(name) + 0.5)
  const width = left + COLUMN * who.length
  const height = HEAD + ROW * (steps.length + 1)
  const lines = [
    ...who.map((name) => head(name, x(name), height)),
    ...steps.map((step, index) => row(step, x(step.from), x(step.to), HEAD + ROW * (index + 1), width)),
  ]
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${lines.join('')}</svg>`
}

function head(name: string, x: number, height: number): string {
  return [
    `<line class="life" x1="${x}" y1="${HEAD - 12}" x2="${x}" y2="${height - 6}"/>`,
    `<rect class="head" x="${x - COLUMN / 2 + 8}" y="2" width="${COLUMN - 16}" height="30" rx="6"/>`,
    `<text x="${x}" y="22" text-anchor="middle">${escaped(name)}</text>`,
  ].join('')
}

function row(step: Step, from: number, to: number, y: number, width: number): string {
  const time = step.at === undefined ? '' : `<text class="time" x="4" y="${y + 4}">${time_(step.at)}</text>`
  return time + (from === to ? note(step, from, y) : arrow(step, from, to, y, width))
}

function note({ label }: Step, x: number, y: number): string {
  const half = (label.length * CHARACTER) / 2 + 8
  return [
    `<rect class="note" x="${x - half}" y="${y - 11}" width="${half * 2}" height="22" rx="4"/>`,
    `<text class="label" x="${x}" y="${y + 4}" text-anchor="middle">${escaped(label)}</text>`,
  ].join('')
}

function arrow({ label, isLost }: Step, from: number, to: number, y: number, width: number): string {
  const way = Math.sign(to - from)
  // A lost one does not get there, and ends in a cross.
  const end = isLost === true ? from + (to - from) * 0.85 : to - way
  const half = (label.length * CHARACTER) / 2
  const middle = Math.min(Math.max((from + to) / 2, half + 2), width - half - 2)
  const tip =
    isLost === true
      ? `<path class="cross" d="M${end - 5} ${y - 5}L${end + 5} ${y + 5}M${end - 5} ${y + 5}L${end + 5} ${y - 5}"/>`
      : `<path class="tip" d="M${end} ${y}L${end - way * 8} ${y - 4}L${end - way * 8} ${y + 4}Z"/>`
  return [
    `<line class="arrow" x1="${from}" y1="${y}" x2="${end}" y2="${y}"/>`,
    tip,
    `<text class="label" x="${middle}" y="${y - 6}" text-anchor="middle">${escaped(label)}</text>`,
  ].join('')
}

function time_(at: number): string {
  return at < 10_000 ? `${Math.round(at)} ms` : `${(at / 1_000).toFixed(1)} s`
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
