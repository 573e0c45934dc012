// @ts-nocheck
import { ask, type Steps, UnexpectedReplyError } from '@bercon/core'
import type { BanEntry, BanListOutput } from './ban-list-output.js'
import { ban, bans, kick, players, unban } from './commands.js'
import type { Operations, ReforgerBan, ReforgerPlayer } from './operations.js'
import type { PlayersOutput } from './players-output.js'

/** The operations with the built-in RCON. */
export const builtInOperations: Operations = {
  *fetchPlayers() {
    return playersIn(yield* ask(players()))
  },
  *kick(playerId) {
    yield* ask(kick(playerId))
  },
  *ban(target, minutes, reason) {
    yield* ask(ban(target, minutes, reason))
  },
  *unban(target) {
    return yield* ask(unban(target))
  },
  *fetchBans() {
    return (yield* everyBan()).map(
      ({ identityId, name }): ReforgerBan => ({
        target: identityId,
        name,
        reason: undefined,
        minutesLeft: undefined,
      }),
    )
  },
}

/** @throws {@link UnexpectedReplyError} if a row is unreadable, because a shorter list would be wrong. */
export function playersIn({ players: rows, badRows }: PlayersOutput): readonly ReforgerPlayer[] {
  checkRows('#players', badRows)
  return rows.map(({ id, uid, name }) => ({ id, identityId: uid, name, guid: undefined }))
}

// How often the list may change during a read before the operation fails.
const TRIES = 5

/** Reads page by page, and starts over if the list changed between two pages. */
function* everyBan(): Steps<readonly BanEntry[]> {
  let stated = 0
  let found: BanEntry[] = []
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const { bans: rows, total = 0, pages = 1 } = yield* readPage(1)
    stated = total
    found = [...rows]
    for (let page = 2; page <= pages && found.length < total; page++) {
      const next = yield* readPage(page)
      if (next.total !== total || next.bans.length === 0) break
      found.push(...next.bans)
    }
    if (found.length === total) return found
  }
  const reply = `Total bans: ${stated}, of which ${found.length} were listed`
  throw new UnexpectedReplyError({ command: '#ban list', reply })
}

function* readPage(page: number): Steps<BanListOutput> {
  const command = bans(page)
  const output = yield* ask(command)
  checkRows(command.text, output.badRows)
  return output
}

function checkRows(command: string, badRows: readonly string[]): void {
  if (badRows.length > 0) throw new UnexpectedReplyError({ command, reply: badRows.join('\n') })
}
