import { UnexpectedReplyError } from '@bercon/client'
import { isUuid, parsePlayersOutput, reforger } from '@bercon/reforger'
import { UsageError } from '../usage-error.js'
import { reading } from './battleye-server.js'
import type { Connected } from './connected.js'
import type { GameServer, Rcon } from './game-server.js'

const MINUTE_S = 60

const BUILT_IN: Rcon = {
  name: "Reforger's built-in RCON",
  lists: ['players', 'bans'],
  playerColumns: ['id', 'name', 'identityId'],
  banColumns: ['kind', 'target', 'name'],
  hasAddresses: false,
}

/** A server with Arma Reforger's built-in RCON. */
export function reforgerServer({ client, call }: Pick<Connected, 'client' | 'call'>): GameServer {
  const server = reforger(client, { rcon: 'built-in' })
  return {
    client,
    rcon: BUILT_IN,
    players: () =>
      client.run(
        reading(PLAYERS, ({ players: rows, badRows }) => ({
          rows: rows.map(({ id, name, uid }) => ({ id, name, identityId: uid })),
          missing: badRows.length,
        })),
        call,
      ),
    bans: async () => {
      const rows = await server.fetchBans(call)
      return {
        rows: rows.map(({ target, name }, index) => ({
          number: index + 1,
          kind: 'identityId',
          target,
          name,
        })),
        raw: undefined,
        missing: 0,
      }
    },
    kick: async (id, reason) => {
      if (reason !== '') throw new UsageError(`${BUILT_IN.name} does not pass on a reason: leave it out`)
      await server.kick(id, call)
      return undefined
    },
    ban: async (target, time, reason) => {
      if (typeof target === 'string' && !isUuid(target))
        throw new UsageError(`${BUILT_IN.name} bans by identity id (a UUID), not by GUID or IP address`)
      await server.ban(target, time === 'permanent' ? undefined : time.seconds / MINUTE_S, reason, call)
      return undefined
    },
    unban: (target) => server.unban(target, call),
    unbanRow: ({ target }) => server.unban(target, call),
    say: async () => {
      throw new UsageError(`${BUILT_IN.name} cannot send messages to players`)
    },
  }
}

const PLAYERS = {
  text: 'players',
  resend: true,
  verifyEnd: true,
  parse: (reply: string) => {
    const output = parsePlayersOutput(reply)
    if (output === undefined) throw new UnexpectedReplyError({ command: 'players', reply })
    return output
  },
}
