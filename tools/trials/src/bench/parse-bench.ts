import { parseBans, parsePlayers, parseServerMessage } from '@bercon/core'
import type { Figure } from './rounds.js'
import { interleaved } from './rounds.js'

const GUID = '0123456789abcdef0123456789abcdef'

function playersReply(rows: number): string {
  const lines = Array.from({ length: rows }, (_, slot) => {
    const address = `192.0.2.${slot % 256}:${2_304 + slot}`.padEnd(21)
    return `${String(slot).padEnd(3)} ${address} ${String(slot % 200).padEnd(4)} ${GUID}(OK) Survivor ${slot}`
  })
  const head = 'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n'
  return `${head}${'-'.repeat(50)}\n${lines.join('\n')}\n(${rows} players in total)`
}

function bansReply(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, id) => `${String(id).padEnd(2)} ${GUID} perm Cheater, case ${id}`,
  )
  return `GUID Bans:\n[#] [GUID] [Minutes left] [Reason]\n${'-'.repeat(40)}\n${lines.join('\n')}\n\nIP Bans:\n`
}

const MESSAGES = [
  'Player #3 Survivor (192.0.2.7:2304) connected',
  `Player #3 Survivor - BE GUID: ${GUID}`,
  `Verified GUID (${GUID}) of player #3 Survivor`,
  '(Side) Survivor: two at the gate: hurry',
  '(Global) Somebody: hello',
  'RCon admin #0: (Global) restart in 5 minutes',
  `Player #3 Survivor (${GUID}) has been kicked by BattlEye: Admin Kick (afk)`,
  'Player #3 Survivor disconnected',
  `SetVariable Value Log: #0 Survivor (${GUID}) - #0 "johno_lastsourceofdamage" = O Bravo 1-1:1`,
  'a line that nobody knows',
]

/** The speed of parsing replies and messages, and whether twice the input takes twice the time. */
export async function parseBench(): Promise<readonly Figure[]> {
  const sizes = [1_000, 10_000, 100_000]
  const players = playersReply(127)
  const bans = new Map(sizes.map((rows) => [`bans, ${rows} rows`, bansReply(rows)]))
  const known = { players: new Map([[3, 'Survivor']]) }
  const times = await interleaved({
    'players, 127 rows': () => parsePlayers(players),
    ...Object.fromEntries([...bans].map(([name, reply]) => [name, () => parseBans(reply)])),
    'a mixed stream of messages': () => MESSAGES.map((text) => parseServerMessage(text, known)),
  })
  return Object.entries(times).map(([what, ns]) => {
    const count = what.includes('messages') ? MESSAGES.length : Number(/\d+/.exec(what)?.[0])
    return { what: `reading ${what}`, figure: (count / ns) * 1e6, unit: 'rows or messages a ms' }
  })
}
