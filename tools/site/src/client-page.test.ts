import { readFileSync } from 'node:fs'
import { AsyncRconClient, Ban, CONNECTION_DEFAULTS, Player } from '@bercon/client'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../../../docs/client.md', import.meta.url), 'utf8')

/** The rows of a section's tables, as cells. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const rows = section.split('\n## ')[0]?.matchAll(/^\| (`.*) \|$/gm) ?? []
  return [...rows].map(([, row]) => row?.split(' | ') ?? [])
}

/** The names in code at the start of words: `kick` of `kick(playerId)`. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/`(\w+)/g)].map(([, name]) => name ?? '')
}

it('docs/client.md lists every option with its default, and no other', () => {
  const options = rowsOf('Options').map(([name = '', value]) => [namesIn(name)[0], value])
  expect(Object.fromEntries(options)).toEqual(
    Object.fromEntries(Object.entries(CONNECTION_DEFAULTS).map(([name, value]) => [name, String(value)])),
  )
})

it('lists every member of the client, and no other', () => {
  const client = new AsyncRconClient()
  const members = new Set(Object.keys(client))
  for (
    let type = Object.getPrototypeOf(client);
    type !== Object.prototype;
    type = Object.getPrototypeOf(type)
  )
    for (const name of Object.getOwnPropertyNames(type)) members.add(name)
  // For authors of flavors, not for callers.
  for (const name of ['constructor', 'kind', 'clock', 'connection', 'exchanging', 'performCommand'])
    members.delete(name)
  const listed = rowsOf('Methods').flatMap(([names = '']) => namesIn(names))
  expect([...new Set(listed)].sort()).toEqual([...members].sort())
})

it('lists every field of a player, and names every method', () => {
  const data = {
    id: 1,
    name: 'Ann',
    guid: undefined,
    isGuidValid: false,
    ip: undefined,
    port: undefined,
    ping: -1,
    inLobby: false,
  }
  const fields = rowsOf('Players').flatMap(([names = '']) => namesIn(names))
  expect([...fields].sort()).toEqual(Object.keys(new Player(new AsyncRconClient(), data)).sort())
  const methods = [Player, Ban].flatMap((type) => Object.getOwnPropertyNames(type.prototype))
  const hidden = new Set(['constructor', 'toString', 'toJSON'])
  for (const name of methods.filter((method) => !hidden.has(method))) expect(page).toContain(`\`${name}(`)
})
