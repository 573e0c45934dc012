// @ts-nocheck
import { UUID_PATTERN } from './uuid.js'

/** One row of the list of players. */
export interface PlayerEntry {
  /** The number for `kick` and `ban`; it is not BattlEye's slot. */
  readonly id: number
  /** The identity id, a UUID. */
  readonly uid: string
  /** May be empty, and may contain ` ; `. */
  readonly name: string
}

/** The output of `players`. */
export interface PlayersOutput {
  readonly players: readonly PlayerEntry[]
  /** The unreadable rows, and those whose number an earlier player has, unchanged. */
  readonly badRows: readonly string[]
}

const COLUMNS = String.raw`\[Player#\] ([;|]) \[Player UID\] \1 \[Player Name\]`
// On one line in captures; other tools know it on two. Some tools print a rule below it.
const HEADER = new RegExp(String.raw`^Players on server:[ \r\n]*${COLUMNS} *(?:\r?\n-{3,} *)?(?=\r?\n|$)`)
const ROW = new RegExp(`^#?([0-9]{1,10}) ([;|]) (${UUID_PATTERN}) \\2 ?(.*)$`, 's')

/**
 * Parses the list of players; `undefined` if the text is something else. Only LF and CR LF end a row, because a name
 * may contain other line ends.
 *
 * @example
 * ```ts
 * import { parsePlayersOutput } from '@bercon/reforger'
 *
 * const text = 'Players on server: [Player#] ; [Player UID] ; [Player Name]\n' +
 *   '1 ; b6955d91-4749-4cdb-9a51-e69f630ec435 ; Rook'
 * console.log(parsePlayersOutput(text)?.players[0]?.name) // Rook
 * ```
 */
export function parsePlayersOutput(text: string): PlayersOutput | undefined {
  const header = HEADER.exec(text)
  if (header === null) return undefined
  const players = new Map<number, PlayerEntry>()
  const badRows: string[] = []
  for (const line of text.slice(header[0].length).split(/\r?\n/)) {
    if (line === '') continue
    const [, digits, , uid = '', name = ''] = ROW.exec(line) ?? []
    const id = Number(digits)
    const above = players.get(id)
    if (digits === undefined) badRows.push(line)
    else if (above === undefined) players.set(id, { id, uid, name })
    // An exactly repeated row adds nothing; two lists mixed together have one number for two players.
    else if (above.uid !== uid || above.name !== name) badRows.push(line)
  }
  return { players: [...players.values()], badRows }
}
