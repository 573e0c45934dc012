import { UsageError } from '../usage-error.js'
import type { GameServer } from './game-server.js'
import type { PlayerRecord } from './records.js'

/**
 * The player who is meant by a number, a GUID or identity id, or the whole name, out of those who are there now.
 *
 * @throws {@link UsageError} when nobody is meant, or several are; an error when the list cannot be relied on.
 */
export async function findPlayer(server: GameServer, text: string): Promise<PlayerRecord> {
  const { rows, doubt } = await server.players()
  if (doubt !== undefined) throw doubt
  const found = rows.filter((player) => isMeant(player, text))
  const [player] = found
  if (player === undefined)
    throw new UsageError(`nobody on the server is "${text}"; "bercon players" lists who is there`)
  if (found.length === 1) return player
  const numbers = found.map(({ id }) => id).join(' and ')
  throw new UsageError(`"${text}" may be any of the players ${numbers}: give the number`)
}

function isMeant({ id, name, guid, uuid }: PlayerRecord, text: string): boolean {
  if (/^\d+$/.test(text)) return id === Number(text)
  return name === text || guid === text.toLowerCase() || uuid === text.toLowerCase()
}
