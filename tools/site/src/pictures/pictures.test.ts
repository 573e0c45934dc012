import { readdirSync, readFileSync } from 'node:fs'
import { CONNECTION_MOVES } from '@bercon/core/kit'
import { CLIENT_MOVES, SERVER_MOVES } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { EXCHANGE, exchange } from './exchange.js'
import { layersDiagram } from './layers-diagram.js'
import { MESSAGE_PATH, messagePath } from './message-path.js'
import { drawPictures } from './pictures.js'
import { sequenceDiagram } from './sequence-diagram.js'
import { type Moves, stateDiagram } from './state-diagram.js'

const TABLES: readonly (readonly [string, Moves])[] = [
  ['client-states', CLIENT_MOVES],
  ['server-states', SERVER_MOVES],
  ['connection-states', CONNECTION_MOVES],
]
const pictures = await drawPictures()

/** The arrows of a drawing, by Graphviz's names. */
function arrowsIn(picture: string): readonly string[] {
  return [...(pictures.get(picture)?.wide ?? '').matchAll(/<title>([^<]*&#45;&gt;[^<]*)<\/title>/g)].map(
    ([, title]) => String(title).replaceAll('&#45;', '-').replaceAll('&gt;', '>'),
  )
}

describe.each(TABLES)('%s', (name, moves) => {
  const all = Object.entries(moves).flatMap(([state, out]) =>
    Object.entries(out).map(([move, next]) => ({ state, move, next })),
  )

  it('has every state and every move of its table', () => {
    const source = stateDiagram(moves)
    for (const { state, move, next } of all)
      expect(source).toContain(`"${state}" -> "${next}" [label=" ${move} "]`)
    for (const state of Object.keys(moves)) expect(source).toMatch(new RegExp(`^  "${state}"( \\[|$)`, 'm'))
  })

  it('is drawn with exactly one arrow for each of them', () => {
    expect([...arrowsIn(name)].sort()).toEqual(all.map(({ state, next }) => `${state}->${next}`).sort())
  })
})

const FOR_TESTS = ['@bercon/client', '@bercon/gateway', '@bercon/simulator']

function builtIn(devDependencies: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(devDependencies).filter(([name]) => !FOR_TESTS.includes(name)))
}

describe('the layers', () => {
  const packages = new URL('../../../../packages/', import.meta.url)
  const arrows = readdirSync(packages).flatMap((folder) => {
    // The console is built, and depends on nothing afterwards.
    const {
      name,
      devDependencies = {},
      dependencies = builtIn(devDependencies),
    } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, packages), 'utf8'))
    return Object.keys(dependencies)
      .filter((target) => target.startsWith('@bercon/'))
      .map((target) => `${name}->${target}`)
  })

  it('are drawn with exactly the arrows that a package declares', () => {
    expect([...arrowsIn('layers')].sort()).toEqual(arrows.sort())
  })

  it('are a list on narrow screens, with the same arrows', () => {
    const rows = [
      ...(pictures.get('layers')?.narrow ?? '').matchAll(/<li><code>(.*?)<\/code>(?: → (.*?))?<\/li>/g),
    ]
    const listed = rows.flatMap(([, name, below = '']) =>
      below.split(', ').flatMap((target) => (target === '' ? [] : `@bercon/${name}->@bercon/${target}`)),
    )
    expect(listed.sort()).toEqual(arrows.sort())
  })

  it('show an arrow faintly where others imply it', () => {
    const source = layersDiagram({
      '@bercon/a': ['@bercon/b', '@bercon/c'],
      '@bercon/b': ['@bercon/c'],
      '@bercon/c': [],
    })
    expect(source).toContain('"@bercon/a" -> "@bercon/c" [class=implied]')
    expect(source).toMatch(/"@bercon\/a" -> "@bercon\/b"$/m)
  })
})

describe('the exchange', () => {
  const steps = exchange()
  const times = (label: string) => steps.filter((step) => step.label === label).length

  it('repeats what was lost, which the game executes again, and emits each event once at the client', () => {
    expect([times('command 0 players'), times('command 1 players')]).toEqual([1, 1])
    expect([times('response 0'), times('response 1'), times('command'), times('reply')]).toEqual([1, 1, 2, 1])
    expect([times('message 0'), times('acknowledgement 0'), times('message')]).toEqual([2, 2, 1])
    expect(steps.at(-2)?.label).toMatch(/^keep-alive /)
  })
})

describe('the path of a message', () => {
  it('acknowledges before user code runs (W12), and ends there', async () => {
    const steps = await messagePath()
    const acknowledged = steps.findIndex(({ to }) => to === 'server')
    const listener = steps.findIndex(({ to }) => to === 'your listener')
    expect(acknowledged).toBeGreaterThan(0)
    expect(listener).toBeGreaterThan(acknowledged)
    expect(steps.at(-1)).toEqual({ from: 'RconClient', to: 'your listener', label: 'playerConnect' })
    for (const { from, to } of steps) expect(MESSAGE_PATH).toEqual(expect.arrayContaining([from, to]))
  })
})

it('a sequence shows every participant and every step, with SVG characters escaped', () => {
  const drawn = sequenceDiagram(
    ['a', 'b'],
    [{ from: 'a', to: 'b', label: '<x> & y', at: 30_000, isLost: true }],
  )
  expect(drawn).toContain('&lt;x&gt; &amp; y')
  expect(drawn).toContain('30.0 s')
  expect(drawn).toContain('class="cross"')
  for (const name of EXCHANGE) expect(pictures.get('exchange')?.wide).toContain(`>${name}</text>`)
})

describe('every picture', () => {
  // The space beside the sidebar on a screen of 1,280 px, and on one of 390 px.
  const [WIDE, NARROW] = [630, 342]
  const SMALLEST = 10

  it.each([...pictures].map(([name, picture]) => ({ name, ...picture })))(
    '$name can be read at both widths',
    (picture) => {
      const room = picture.name === 'message-path' ? 880 : WIDE
      expect(textHeight(picture.wide, room)).toBeGreaterThanOrEqual(SMALLEST)
      if (picture.narrow.startsWith('<svg'))
        expect(textHeight(picture.narrow, NARROW)).toBeGreaterThanOrEqual(SMALLEST)
    },
  )

  it.each([...pictures].filter(([, { wide }]) => wide.includes('class="head"')))(
    '%s has every box and label within its frame',
    (_, { wide }) => {
      const width = Number(/viewBox="0 0 (\S+)/.exec(wide)?.[1])
      const boxes = [...wide.matchAll(/<rect class="head" x="(\S+)" y="2" width="(\S+)"/g)]
      expect(boxes.length).toBeGreaterThan(3)
      for (const [, x, size] of boxes) {
        expect(Number(x)).toBeGreaterThanOrEqual(0)
        expect(Number(x) + Number(size)).toBeLessThanOrEqual(width)
      }
    },
  )
})

/** The height of the smallest text, in px, in a picture that is scaled to a width. */
function textHeight(svg: string, room: number): number {
  const width = Number(/ width="(\d+)/.exec(svg)?.[1])
  const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size))
  return Math.min(1, room / width) * Math.min(12, ...sizes)
}
