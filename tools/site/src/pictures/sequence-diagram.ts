/** A step from one participant to another. */
export interface Step {
  readonly from: string
  readonly to: string
  readonly label: string
  /** When, in ms. */
  readonly at?: number
  /** Whether it is lost. */
  readonly isLost?: boolean
}

const ROW = 34
const HEAD = 44
const TIMES = 64
const CHARACTER = 6.6
const PADDING = 20

/** The steps between participants, from top to bottom, as a picture. */
export function sequenceDiagram(who: readonly string[], steps: readonly Step[]): string {
  const left = steps.some(({ at }) => at !== undefined) ? TIMES : 0
  const places = placesOf(who, steps, left)
  const x = (name: string) => places.get(name) ?? 0
  const last = who.at(-1) ?? ''
  const width = Math.ceil(x(last) + widthOf(last) / 2 + 2)
  const height = HEAD + ROW * (steps.length + 1)
  const lines = [
    ...who.map((name) => head(name, x(name), height)),
    ...steps.map((step, index) => row(step, x(step.from), x(step.to), HEAD + ROW * (index + 1))),
  ]
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${lines.join('')}</svg>`
}

/** The same as a list, for screens that are too narrow for the picture. */
export function sequenceList(steps: readonly Step[]): string {
  const items = steps.map(({ from, to, label, at, isLost }) => {
    const time = at === undefined ? '' : `<time>${timeShown(at)}</time> `
    const end = isLost === true ? ' <em>lost</em>' : ''
    return `<li>${time}${escaped(from)} → ${escaped(to)}: <code>${escaped(label)}</code>${end}</li>`
  })
  return `<ol>${items.join('')}</ol>`
}

/** The positions of the lifelines: the distance of neighbors depends on the text between them. */
function placesOf(who: readonly string[], steps: readonly Step[], left: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  let x = left
  for (const [index, name] of who.entries()) {
    const before = who[index - 1]
    x += before === undefined ? widthOf(name) / 2 + 2 : distance(before, name, steps)
    places.set(name, x)
  }
  return places
}

function distance(before: string, name: string, steps: readonly Step[]): number {
  const between = steps.filter(({ from, to }) => [before, name].includes(from) && [before, name].includes(to))
  const longest = Math.max(0, ...between.map(({ label }) => label.length))
  return Math.max((widthOf(before) + widthOf(name)) / 2 + 8, longest * CHARACTER + PADDING)
}

function widthOf(name: string): number {
  return name.length * CHARACTER + PADDING
}

function head(name: string, x: number, height: number): string {
  const width = widthOf(name)
  return [
    `<line class="life" x1="${x}" y1="${HEAD - 12}" x2="${x}" y2="${height - 6}"/>`,
    `<rect class="head" x="${x - width / 2}" y="2" width="${width}" height="30" rx="6"/>`,
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
  // A lost one ends before its target, in a cross.
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
