import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { KINDS, kindOf, type Line } from './line.js'
import { LineRecord, MAX_LINES, matching, shownLines } from './line-record.js'

const ALL = { kinds: new Set(KINDS), search: '' }
let frames: (() => void)[] = []

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw))
  vi.stubGlobal('cancelAnimationFrame', (id: number) => delete frames[id - 1])
})

afterEach(() => {
  frames = []
  vi.unstubAllGlobals()
})

function frame() {
  const due = frames
  frames = []
  for (const draw of due) draw?.()
}

function watch(record: LineRecord, filter = ALL) {
  const seen: (readonly Line[])[] = []
  const subscription = shownLines(record, filter).subscribe((lines) => seen.push(lines))
  return { seen, texts: () => seen.at(-1)?.map(({ text }) => text) ?? [], subscription }
}

it('shows every line once and in order, however many come within a frame or over the bound', () => {
  const record = new LineRecord()
  const shown = watch(record)
  const count = 3 * MAX_LINES + 77
  for (let index = 0; index < count; index++) {
    record.add(index, 'chat', `line ${index}`)
    if (index % 83 === 0) frame()
  }
  frame()
  const texts = shown.texts()
  expect(texts.length).toBeGreaterThanOrEqual(MAX_LINES)
  expect(texts).toEqual(Array.from(texts, (_, index) => `line ${count - texts.length + index}`))
  expect(record.dropped + texts.length).toBe(count)
})

it('emits at most once a frame', () => {
  const record = new LineRecord()
  const { seen } = watch(record)
  for (let index = 0; index < 200; index++) record.add(0, 'chat', `line ${index}`)
  expect(seen.length).toBe(1)
  frame()
  expect(seen.length).toBe(2)
})

it('does not emit for lines that the filter hides', () => {
  const record = new LineRecord()
  const { seen } = watch(record, { kinds: new Set(['joins']), search: '' })
  record.add(0, 'chat', 'hello')
  frame()
  expect(seen).toEqual([[]])
})

it('draws no more once nobody looks', () => {
  const record = new LineRecord()
  const { seen, subscription } = watch(record)
  record.add(0, 'chat', 'hello')
  subscription.unsubscribe()
  frame()
  expect(seen.length).toBe(1)
})

it('finds lines by all words of the search, in any case and order', () => {
  const passes = matching({ kinds: new Set(KINDS), search: ' hello  ROOK ' })
  const line = (text: string) => ({ key: 0, at: 0, kind: 'chat', text }) as const
  expect(passes(line('(Side) Rook: Hello there'))).toBe(true)
  expect(passes(line('(Side) Zoë: Hello there'))).toBe(false)
})

it('knows what a line of the server is about', () => {
  expect(kindOf('(Side) Rook: hi')).toBe('chat')
  expect(kindOf('Player #1 Rook (192.0.2.1:2304) connected')).toBe('joins')
  expect(kindOf('RCon admin #0 (192.0.2.9:1234) logged in')).toBe('admins')
  expect(kindOf('something else')).toBe('server')
})
