import { isGuid, isIpAddress, UnexpectedReplyError } from '@bercon/client'
import { isUuid } from '@bercon/reforger'
import { parseBanTime, shownBanTime } from '../ban-time.js'
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import { print } from '../output/terminal.js'
import { withClient } from '../server/connected.js'
import { findPlayer } from '../server/find-player.js'
import type { GameServer } from '../server/game-server.js'
import { knownServer } from '../server/known-server.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { UsageError } from '../usage-error.js'

/** `bercon say` */
export function say(
  message: string,
  flags: ConnectionFlags & { readonly to?: string },
  signal: AbortSignal,
): Promise<number> {
  return moderate(flags, signal, 'say', async (server) => {
    const player = flags.to === undefined ? undefined : await findPlayer(server, flags.to)
    const remark = await server.say(message, player?.id)
    return { remark, done: player === undefined ? 'said to everybody' : `said to ${player.name}` }
  })
}

/** `bercon kick` */
export function kick(
  target: string,
  reason: string,
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<number> {
  return moderate(flags, signal, 'kick', async (server) => {
    const { id, name } = await findPlayer(server, target)
    return { remark: await server.kick(id, reason), done: `kicked player ${id}, ${name}` }
  })
}

/** `bercon ban` */
export function ban(
  target: string,
  reason: string,
  flags: ConnectionFlags & { readonly for: string },
  signal: AbortSignal,
): Promise<number> {
  const time = parseBanTime(flags.for)
  return moderate(flags, signal, 'ban', async (server) => {
    const length = shownBanTime(time, server.banUnit)
    if (isIdentity(target))
      return { remark: await server.ban(target, time, reason), done: `banned ${target} ${length}` }
    const { id, name } = await findPlayer(server, target)
    return { remark: await server.ban(id, time, reason), done: `banned player ${id}, ${name}, ${length}` }
  })
}

/** `bercon unban` */
export function unban(target: string, flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  if (!isIdentity(target))
    throw new UsageError(
      'unban takes a GUID, IP address or identity id: the numbers of bans change all the time',
    )
  return moderate(flags, signal, 'unban', async (server) => {
    const wasBanned = await server.unban(target)
    return { remark: undefined, done: wasBanned ? `lifted the ban of ${target}` : `${target} was not banned` }
  })
}

interface Moderated {
  readonly done: string
  /** What the server said to it, which is nothing when all is well. */
  readonly remark: string | undefined
}

function moderate(
  flags: ConnectionFlags,
  signal: AbortSignal,
  command: string,
  act: (server: GameServer) => Promise<Moderated>,
): Promise<number> {
  return withClient(flags, signal, async (connected) => {
    const { done, remark } = await act(await knownServer(connected))
    if (remark !== undefined) throw new UnexpectedReplyError({ command, reply: remark })
    print(`${oneLine(done)}\n`)
    return EXIT.done
  })
}

function isIdentity(target: string): boolean {
  return isGuid(target) || isIpAddress(target) || isUuid(target)
}
