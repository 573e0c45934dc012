import { readFileSync } from 'node:fs'
import type { RconEvents } from '@bercon/core'
import { expect, it } from 'vitest'

type Events = RconEvents<'promise'>
type FieldsOf<Event> = Event extends unknown ? keyof Event : never
/** What every event has, or every one that comes from a line; the page says it once for all. */
type Common = 'type' | 'at' | 'number' | 'raw'

type Fields<Name extends keyof Events> = Readonly<Record<Exclude<FieldsOf<Events[Name]>, Common>, true>>

const SAID: Fields<'adminMessage'> = {
  adminId: true,
  target: true,
  to: true,
  message: true,
  player: true,
  ambiguous: true,
  candidates: true,
}

// The compiler keeps this complete and exact: an event or a field more or less, and it does not compile.
const FIELDS: {
  readonly [Name in keyof Events]: Fields<Name>
} = {
  playerConnect: { playerId: true, name: true, player: true, ambiguous: true, ip: true, port: true },
  playerGuid: {
    playerId: true,
    name: true,
    player: true,
    ambiguous: true,
    guid: true,
    label: true,
    verified: true,
  },
  playerVerifyGuid: { playerId: true, name: true, player: true, guid: true },
  playerKick: {
    playerId: true,
    name: true,
    player: true,
    ambiguous: true,
    guid: true,
    reason: true,
    reasonKind: true,
    detail: true,
    filter: true,
    filterIndex: true,
  },
  playerDisconnect: { playerId: true, name: true, player: true, ambiguous: true, kicked: true },
  playerMessage: {
    channel: true,
    name: true,
    message: true,
    player: true,
    ambiguous: true,
    candidates: true,
  },
  adminLogin: { adminId: true, ip: true, port: true },
  adminMessage: SAID,
  adminAnnouncement: SAID,
  adminWhisper: SAID,
  filterLog: {
    filter: true,
    playerId: true,
    name: true,
    guid: true,
    filterIndex: true,
    text: true,
    ambiguous: true,
  },
  beMaster: { event: true, code: true },
  serverWarning: { event: true, detail: true, playerId: true, name: true, ambiguous: true },
  unknownMessage: { channel: true },
  message: { text: true, sequence: true, bytes: true },
  connect: { address: true, attempts: true, elapsedMs: true },
  login: { address: true },
  disconnect: { reason: true },
  reconnecting: { attempt: true, delayMs: true },
  command: { text: true, reply: true, sentAfter: true, mixed: true },
  malformed: { problem: true, length: true },
  gap: { from: true, to: true },
  joinOrLeave: { kind: true, player: true, kicked: true, seen: true },
  playerList: { players: true },
  listProblem: { command: true, problem: true, rows: true, taken: true },
  rawEvent: { event: true },
  error: { error: true, during: true },
}

const page = readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8')
const rows = new Map(
  [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(([, name, fields]) => [name, fields ?? '']),
)

it('docs/events.md has a row for every event, and for no other', () => {
  expect([...rows.keys()].sort()).toEqual(Object.keys(FIELDS).sort())
})

it.each(Object.entries(FIELDS))('and names the fields of %s', (name, fields) => {
  // What stands behind a colon are values.
  const named = [...(rows.get(name) ?? '').replace(/:.*/, '').matchAll(/`(\w+)`/g)].map(([, field]) => field)
  expect(named.sort()).toEqual(Object.keys(fields).sort())
})
