import { parsePlayers } from '../parsers/players-reply.js'
import { parseServerMessage } from '../parsers/server-message.js'
import { firstFields } from '../parsers/table-rows.js'

/**
 * A piece of a text: words of the game, in which a name is a coincidence; exactly a name; or what people wrote. All
 * pieces in order are the text.
 */
export interface TextPiece {
  readonly kind: 'words' | 'name' | 'free'
  readonly text: string
}

const COMMAND_WORD =
  /^(?:[#@]\S*|players|bans|admins|missions|version|commands|kick|(?:add|remove|write|load)?bans?|say|maxping|rconpassword|loadscripts|loadevents)(?:\s+-?\d+(?!\S))*\s*/i

/** A client's command: its word and the numbers after it, then what the admin wrote. */
export function piecesOfCommand(text: string): readonly TextPiece[] {
  const end = COMMAND_WORD.exec(text)?.[0].length ?? 0
  return [words(text.slice(0, end)), free(text.slice(end))]
}

const UUID_ROW = /^(#?\d{1,10} [;|] [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} [;|] ?)(.*)$/i
const LOBBY = ' (Lobby)'
const BAN_ROW = /^(\d+ +\S+ +(?:perm|-|-?\d+)(?!\S) *)(.*)$/
const ADMIN_ROW = /^\d+ +\S+:\d+\r?$/
const HEADER =
  /^(?:Players on server:(?: \[Player#\].*)?|GUID Bans:|IP Bans:|Connected RCon admins:|Missions on server:|\[#\] \[.*|-{3,}|\(\d+ players? in total\)|)\r?$/

/** A reply of a server, row by row. */
export function piecesOfReply(text: string): readonly TextPiece[] {
  return text.split(/(?<=\n)/).flatMap(piecesOfRow)
}

function piecesOfRow(row: string): readonly TextPiece[] {
  const line = row.endsWith('\n') ? row.slice(0, -1) : row
  const end = words(row.slice(line.length))
  if (HEADER.test(line) || ADMIN_ROW.test(line)) return [words(line), end]
  const player = parsePlayers(`Players on server:\n${line}`)?.players[0]
  const [, , name = player?.name] = UUID_ROW.exec(line) ?? []
  if (name !== undefined) {
    const nameEnd = line.length - (player?.lobby === true ? LOBBY.length : 0)
    const nameAt = nameEnd - name.length
    return [words(line.slice(0, nameAt)), { kind: 'name', text: name }, words(line.slice(nameEnd)), end]
  }
  const [, numbers = '', reason = line] = BAN_ROW.exec(line) ?? []
  return [words(numbers), free(reason), end]
}

// A name of no player, which stands for one that is looked for.
const NAME_PROBE = '\ue000'
// The name is near the beginning, unless a line was made to be slow.
const MOST_PROBES = 32

/**
 * A message of a server: the game's words around the name of the player, and what they wrote. `names` contains those
 * that are known.
 */
export function piecesOfMessage(text: string, names: readonly string[]): readonly TextPiece[] {
  const message = parseServerMessage(text, { names })
  if (message.type === 'unknownMessage') return piecesOfReply(text)
  const written = writtenIn(message)
  const tailAt = text.lastIndexOf(written)
  if (tailAt < 0) return [free(text)]
  const tail = text.slice(tailAt)
  const rest = [free(written), words(tail.slice(written.length))]
  const name = nameIn(message)
  if (name === undefined || name === '') return [words(text.slice(0, tailAt)), ...rest]
  for (let at = text.indexOf(name), tries = 0; at >= 0 && tries < MOST_PROBES; tries++) {
    const before = text.slice(0, at)
    const after = text.slice(at + name.length, tailAt)
    const probed = parseServerMessage(`${before}${NAME_PROBE}${after}${tail}`)
    if (nameIn(probed) === NAME_PROBE)
      return [words(before), { kind: 'name', text: name }, words(after), ...rest]
    at = text.indexOf(name, at + 1)
  }
  return [free(text)]
}

type ParsedMessage = ReturnType<typeof parseServerMessage>

/** The names of players that a text of a server shows, and whether another reading is as good. */
export function namesIn(
  text: string,
  known: readonly string[],
): { readonly names: readonly string[]; readonly isSure: boolean } {
  const list = parsePlayers(text)
  const rows = [
    ...(list?.players ?? []).map(({ name }) => name),
    ...(list?.badRows ?? []).map(nameInBadRow),
    ...text.split(/\r?\n/).flatMap((line) => UUID_ROW.exec(line)?.[2] ?? []),
  ]
  const message = parseServerMessage(text, { names: known })
  const name = nameIn(message)
  return {
    names: name === undefined ? rows : [...rows, name],
    isSure: !('ambiguous' in message),
  }
}

/** What stands in the column of the name, such as that of a player who is joining. */
function nameInBadRow(row: string): string {
  const name = row.slice(firstFields(row, 4)?.end ?? row.length)
  return name.endsWith(LOBBY) ? name.slice(0, -LOBBY.length) : name
}

function nameIn(message: ParsedMessage): string | undefined {
  if ('name' in message) return message.name
  return 'to' in message ? message.to : undefined
}

/** What people wrote in a message, which ends it but for a bracket; empty if it contains no such text. */
function writtenIn(message: ParsedMessage): string {
  switch (message.type) {
    case 'playerMessage':
    case 'adminMessage':
      return message.message
    case 'playerKick':
      // An unknown reason can be anybody's words; that of a filter is the game's.
      if (message.reasonKind === 'other') return message.reason
      return message.reasonKind === 'restriction' ? '' : (message.detail ?? '')
    case 'filterLog':
      return message.text
    default:
      return ''
  }
}

function words(text: string): TextPiece {
  return { kind: 'words', text }
}

function free(text: string): TextPiece {
  return { kind: 'free', text }
}
