import { readFileSync } from 'node:fs'
import { EVENTS } from '@bercon/core'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8')
const rows = new Map(
  [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(([, name, fields]) => [name, fields ?? '']),
)

it('docs/events.md has a row for every event, and for no other', () => {
  expect([...rows.keys()].sort()).toEqual(Object.keys(EVENTS).sort())
})

it.each(Object.entries(EVENTS))('and names the fields of %s', (name, { fields }) => {
  // What stands behind a colon are values.
  const named = [...(rows.get(name) ?? '').replace(/:.*/, '').matchAll(/`(\w+)`/g)].map(([, field]) => field)
  expect(named.sort()).toEqual(Object.keys(fields).sort())
})
