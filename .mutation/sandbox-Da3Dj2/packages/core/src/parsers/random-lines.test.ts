// @ts-nocheck
import { expect, test } from 'vitest'
import { parseBans, parsePlayers, parseServerMessage } from './index.js'

const GUID = '0123456789abcdef0123456789abcdef'

// Fragments of lines; a name, a reason or a text can be any sequence of them.
const FRAGMENTS = [
  '',
  ' ',
  '  ',
  'Rook',
  '(',
  ')',
  ': ',
  ') ',
  '#3 ',
  'Player #3 ',
  'RCon admin #3',
  'Verified GUID (',
  '(Global) ',
  '(To ',
  ' (192.0.2.7:2304)',
  ' connected',
  ' disconnected',
  ` (${GUID})`,
  ' (-)',
  ' - BE GUID: ',
  ' - Owner GUID: ',
  'Verified GUID () of player #3 ',
  GUID,
  ' (unverified)',
  ' has been kicked by BattlEye: ',
  'Admin Kick (',
  ' Restriction #5',
  'Script Log: #3 ',
  ' - #5 ',
  ' (Lobby)',
  'perm',
  '\u2028',
  'я',
  '👾',
]

const BEGINNINGS = ['', 'Player #3 ', '(Global) ', 'RCon admin #3: (To ', 'Script Log: #3 ']

const SEED = 20_240_229
const LINES = 5_000

// Park and Miller's generator: the same lines in every run.
function* randomTexts(count: number): Generator<string> {
  let state = SEED
  const below = (limit: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % limit
  }
  for (let made = 0; made < count; made += 1) {
    yield Array.from({ length: below(7) }, () => FRAGMENTS[below(FRAGMENTS.length)]).join('')
  }
}

test('any text is parsed as something, and never lost', () => {
  const types = new Set<string>()
  for (const text of randomTexts(LINES)) {
    for (const beginning of BEGINNINGS) {
      const raw = `${beginning}${text}`
      const message = parseServerMessage(raw)
      expect(message.raw).toBe(raw)
      types.add(message.type)
    }
  }
  // Shows that the lines are more than noise.
  expect(types.size).toBeGreaterThan(6)
})

test('any known name is found in the lines about its slot, unambiguously', () => {
  for (const name of randomTexts(LINES)) {
    const known = { players: { 3: name } }
    const lines = [
      `Player #3 ${name} (192.0.2.7:2304) connected`,
      `Player #3 ${name} - BE GUID: ${GUID}`,
      `Verified GUID (${GUID}) of player #3 ${name}`,
      `Player #3 ${name} (${GUID}) has been kicked by BattlEye: Admin Kick (afk)`,
      `Script Log: #3 ${name} (${GUID}) - #5 text`,
      `(Side) ${name}: text`,
      `Player #3 ${name} disconnected`,
    ].map((line) => parseServerMessage(line, known))
    expect(lines.map((line) => ('name' in line ? line.name : line.type))).toEqual(lines.map(() => name))
    expect(lines.filter((line) => 'ambiguous' in line)).toEqual([])
  }
})

test('any name is found in the list of players', () => {
  const names = [...randomTexts(LINES)]
  const rows = names.map((name, id) => `${id}   192.0.2.7:2304        31   ${GUID}(OK) ${name} (Lobby)`)
  const reply = parsePlayers(`Players on server:\n${rows.join('\n')}\n(${rows.length} players in total)`)
  expect(reply?.players.map(({ name }) => name)).toEqual(names)
  expect(reply?.totalMatches).toBe(true)
})

test('any reason is found in the list of bans, except for its leading spaces', () => {
  const reasons = [...randomTexts(LINES)]
  const rows = reasons.map((reason, id) => `${id}  ${GUID} perm ${reason}`)
  const reply = parseBans(`GUID Bans:\n${rows.join('\n')}\n\nIP Bans:\n`)
  expect(reply?.bans.map(({ reason }) => reason)).toEqual(reasons.map((reason) => reason.replace(/^ +/, '')))
})
