// @ts-nocheck
import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { Column } from './listing.js'
import { formatTable } from './table-format.js'

interface Row {
  readonly id: number
  readonly name: string
  readonly guid: string
}

const COLUMNS: readonly Column<Row>[] = [
  { key: 'id', heading: '#', value: ({ id }) => id, align: 'right' },
  { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 },
  { key: 'guid', heading: 'GUID', value: ({ guid }) => guid, minWidth: 8, isIdentity: true },
]
const GUID = 'f71b48041d7fcfd02cae25d45db689ad'
const NAME = 'a name of twenty-seven signs'

const shown = (width: number, name = NAME) =>
  formatTable(
    { columns: COLUMNS, rows: [{ id: 7, name, guid: GUID }], raw: undefined, whenEmpty: '' },
    width,
    pc.createColors(false),
  ).split('\n')

describe('a table', () => {
  it.each([Number.POSITIVE_INFINITY, 80, 68])('fits %d columns without cuts', (width) => {
    expect(shown(width)[1]).toBe(`7  ${NAME}  ${GUID}`)
  })

  it('of less than 80 columns cuts names, never an id', () => {
    expect(shown(60)[1]).toBe(`7  a name of twenty-seven…  ${GUID}`)
    expect(shown(45)[1]).toBe(`7  a name …  ${GUID}`)
  })

  it('of 80 columns or more cuts the widest', () => {
    const [, row = ''] = shown(80, 'x'.repeat(60))
    expect(row).toHaveLength(80)
    expect(row).toMatch(/x…/)
  })

  it.each([44, 40, 32, 20])('of %d columns becomes a list, and shows complete ids', (width) => {
    const lines = shown(width)
    expect(lines[0]).toBe('#     7')
    expect(lines.some((line) => line.trimStart().replace(/^GUID +/, '') === GUID)).toBe(true)
    for (const line of lines) if (!line.includes(GUID)) expect(line.length).toBeLessThanOrEqual(width)
    if (width >= GUID.length) for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
  })
})

it('names that differ only in invisible characters look different', () => {
  const names = [
    'Rook',
    'Ro\u200bok',
    'Ro\u00adok',
    '\ufeffRook',
    'Rook\u{e0041}',
    'Ro\u200dok',
    'R\u2800ook',
  ]
  expect(new Set(names.map((name) => shown(100, name)[1])).size).toBe(names.length)
})
