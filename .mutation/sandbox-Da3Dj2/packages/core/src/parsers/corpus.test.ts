// @ts-nocheck
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  parseAdmins,
  parseBans,
  parseCommands,
  parseMissions,
  parsePlayers,
  parseServerMessage,
  parseVersion,
} from './index.js'
import type { KnownNames } from './known-names.js'
import { parseErrorReply } from './text-replies.js'

// Lines from captures and other clients. They are beside the repository, if they exist.
const CORPUS = new URL('../../../../../shared/corpus/corpus.jsonl', import.meta.url)

type Fields = Readonly<Record<string, unknown>>

interface Entry {
  readonly id: string
  readonly kind: 'message' | 'response'
  readonly command: string | null
  readonly text: string
  readonly expect: Fields & { readonly type: string }
  readonly context?: KnownNames
}

const TYPES: Readonly<Record<string, string>> = {
  player_connected: 'playerConnect',
  player_guid: 'playerGuid',
  player_guid_verified: 'playerVerifyGuid',
  player_disconnected: 'playerDisconnect',
  player_kicked: 'playerKick',
  chat: 'playerMessage',
  rcon_chat: 'adminMessage',
  rcon_admin_login: 'adminLogin',
  be_master: 'beMaster',
  filter_log: 'filterLog',
  warning: 'serverWarning',
  config: 'serverWarning',
  player_losing_connection: 'serverWarning',
  unknown: 'unknownMessage',
}

// The corpus's remarks about its entries, not facts in a line. `outputFollows` is about the server.
const REMARKS = ['hint', 'lenient', 'truncated', 'outputFollows']

const PARSERS: Readonly<Record<string, (reply: string) => object | undefined>> = {
  players: parsePlayers,
  admins: parseAdmins,
  bans: parseBans,
  missions: parseMissions,
  version: parseVersion,
  commands: parseCommands,
}

function parse(entry: Entry): object {
  if (entry.kind === 'message') return parseServerMessage(entry.text, entry.context)
  const refusal = parseErrorReply(entry.text)
  if (refusal !== undefined) return refusal
  const parser = PARSERS[entry.command ?? '']
  if (parser !== undefined) {
    const problem = entry.text === '' ? 'empty_response' : 'unexpected_response'
    return parser(entry.text) ?? { type: 'error', error: problem }
  }
  const silent = entry.command === '' ? 'keepalive_ack' : 'ack'
  return { type: entry.text === '' ? silent : 'text' }
}

/** The differences between the expected fields and ours; null and absent are the same. */
function differences(entry: Entry): Fields {
  const { type, ...fields } = entry.expect
  const expected = { type: entry.kind === 'message' ? TYPES[type] : type, ...fields }
  const parsed = new Map<string, unknown>(Object.entries(parse(entry)))
  const ignored = [...REMARKS, ...(type === 'unknown' ? [] : ['raw'])]
  const differing = Object.entries(expected).filter(
    ([field, value]) => !ignored.includes(field) && !alike(parsed.get(field), value),
  )
  return Object.fromEntries(
    differing.map(([field, value]) => [field, { expected: value, parsed: parsed.get(field) }]),
  )
}

function alike(ours: unknown, theirs: unknown): boolean {
  return JSON.stringify(withoutNothing(ours)) === JSON.stringify(withoutNothing(theirs))
}

// With sorted keys, without undefined ones.
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const entries = Object.entries(value).filter(([, field]) => field !== null && field !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, withoutNothing(field)]),
  )
}

function readCorpus(): readonly Entry[] {
  return readFileSync(CORPUS, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Entry => JSON.parse(line))
    .filter((entry) => !entry.expect.type.startsWith('reforger_'))
}

if (existsSync(CORPUS)) {
  const entries = readCorpus()

  describe('the corpus', () => {
    test('exists', () => {
      expect(entries.length).toBeGreaterThan(200)
    })

    test.each(entries.map((entry) => [entry.id, entry.expect.type, entry] as const))(
      '%s (%s) is parsed as expected',
      (_id, _type, entry) => {
        expect(differences(entry)).toEqual({})
      },
    )
  })
} else {
  test('the corpus is not beside this repository, so only our own fixtures are tested', () => {
    console.warn(`no corpus at ${CORPUS.pathname}`)
    expect(parseServerMessage('Connected to BE Master').type).toBe('beMaster')
  })
}
