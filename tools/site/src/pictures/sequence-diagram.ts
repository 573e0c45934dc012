/** Something goes from one to another. */
export interface Step {
  readonly from: string
  readonly to: string
  readonly label: string
  /** When, in ms. */
  readonly at?: number
  /** Whether it never arrives. */
  readonly isLost?: boolean
}

const ROW = 34
const HEAD = 44
const TIMES = 64
const CHARACTER = 6.6

/** Where things stand: the lines of who takes part are so far from each other. */
interface Layout {
  readonly column: number
  readonly width: number
  readonly height: number
}

/** Who speaks to whom, from top to bottom, as a picture. */
export function sequenceDiagram(who: readonly string[], steps: readonly Step[]): string {
  const left = steps.some(({ at }) => at !== undefined) ? TIMES : 0
  const longest = Math.max(...[...who, ...steps.map(({ label }) => label)].map(({ length }) => length))
  const column = longest * CHARACTER + 22
  const layout = { column, width: left + column * who.length, height: HEAD + ROW * (steps.length + 1) }
  const x = (name: string) => left + column * (who.indexOf(name) + 0.5)
  const lines = [
    ...who.map((name) => head(name, x(name), layout)),
    ...steps.map((step, index) => row(step, x(step.from), x(step.to), HEAD + ROW * (index + 1))),
  ]
  const { width, height } = layout
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${lines.join('')}</svg>`
}

function head(name: string, x: number, { column, height }: Layout): string {
  return [
    `<line class="life" x1="${x}" y1="${HEAD - 12}" x2="${x}" y2="${height - 6}"/>`,
    `<rect class="head" x="${x - column / 2 + 4}" y="2" width="${column - 8}" height="30" rx="6"/>`,
    `<text x="${x}" y="21" text-anchor="middle">${escaped(name)}</text>`,
  ].join('')
}

function row(step: Step, from: number, to: number, y: number): string {
  const time =
    step.at === undefined ? '' : `<text class="time" x="4" y="${y + 4}">${timeShown(step.at)}</text>`
  return time + arrow(step, from, to, y)
}

function arrow({ label, isLost }: Step, from: number, to: number, y: number): string {
  const way = Math.sign(to - from)
  // A lost one does not get there, and ends in a cross.
  const end = isLost === true ? from + (to - from) * 0.85 : to - way
  const tip =
    isLost === true
      ? `<path class="cross" d="M${end - 5} ${y - 5}L${end + 5} ${y + 5}M${end - 5} ${y + 5}L${end + 5} ${y - 5}"/>`
      : `<path class="tip" d="M${end} ${y}L${end - way * 8} ${y - 4}L${end - way * 8} ${y + 4}Z"/>`
  return [
    `<line class="arrow" x1="${from}" y1="${y}" x2="${end}" y2="${y}"/>`,
    tip,
    `<text class="label" x="${(from + to) / 2}" y="${y - 6}" text-anchor="middle">${escaped(label)}</text>`,
  ].join('')
}

function timeShown(at: number): string {
  return at < 10_000 ? `${Math.round(at)} ms` : `${(at / 1_000).toFixed(1)} s`
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
