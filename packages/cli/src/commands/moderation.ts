import { isGuid, isIpAddress, UnexpectedReplyError } from '@bercon/client'
import { isUuid } from '@bercon/reforger'
import { type BanTimeFlags, chosenBanTime, parseBanTime, shownBanTime } from '../ban-time.js'
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import type { Connected, Work } from '../server/connected.js'
import { bannedLike, findPlayer } from '../server/find-player.js'
import type { GameServer } from '../server/game-server.js'
import { knownServer } from '../server/known-server.js'
import { NotFoundError, UsageError } from '../usage-error.js'

/** `bercon say`; a leading -1 is BattlEye's own way to say "to everybody". */
export function say(text: string, { to }: { readonly to?: string }): Work {
  const message = to === undefined ? text.replace(/^-1 +/, '') : text
  return moderate('say', async (server) => {
    const player = to === undefined ? undefined : await findPlayer(server, to)
    const remark = await server.say(message, player?.id)
    return { remark, done: player === undefined ? 'said to everybody' : `said to ${player.name}` }
  })
}

/** `bercon kick` */
export function kick(target: string, reason: string): Work {
  return moderate('kick', async (server) => {
    const { id, name } = await findPlayer(server, target)
    return { remark: await server.kick(id, reason), done: `kicked player ${id}, ${name}` }
  })
}

const HOW_LONG = 'how long? Give --for 90min, --for 12h, 7d, 2w or 3600s, --for ever, or --until 2026-12-24'

/** `bercon ban`; without a length the person is asked. */
export function ban(target: string, reason: string, flags: BanTimeFlags): Work {
  const given = chosenBanTime(flags, Date.now())
  if (given === undefined) refuseBareNumber(reason)
  if (given === undefined && !process.stdin.isTTY) throw new UsageError(HOW_LONG)
  return moderate('ban', async (server, connected) => {
    const player = isIdentity(target) ? undefined : await findPlayer(server, target)
    const time = given ?? parseBanTime((await askedLength(player?.name ?? target, connected)).trim())
    const length = shownBanTime(time)
    const remark = await server.ban(player?.id ?? target, time, reason)
    const who = player === undefined ? target : `player ${player.id}, ${player.name},`
    return { remark, done: `banned ${who} ${length}` }
  })
}

/** `bercon unban`; at the prompt a number is that of the list that was shown last. */
export function unban(target: string, { takesNumbers }: { readonly takesNumbers: boolean }): Work {
  const number = /^\d{1,9}$/.test(target) ? Number(target) : undefined
  if (number !== undefined && !takesNumbers)
    throw new UsageError(
      'unban takes a GUID, IP address or identity id, as "bans" lists them: the numbers of bans change all the time',
    )
  if (number === undefined && !isIdentity(target))
    throw new UsageError(`"${target}" is not a GUID, IP address or identity id`)
  return moderate('unban', async (server, { seen }) => {
    if (number !== undefined) return { remark: undefined, done: await unbanNumber(number, server, seen) }
    if (await server.unban(target)) return { remark: undefined, done: `lifted the ban of ${target}` }
    throw new NotFoundError(`${target} is not banned${await bannedLike(server, target)}`)
  })
}

/** Lifts the ban that was shown with a number, whatever its number is by now. */
async function unbanNumber(number: number, server: GameServer, seen: Connected['seen']): Promise<string> {
  const ban = seen?.bans.find((each) => each.number === number)
  if (ban === undefined)
    throw new NotFoundError(`no ban with the number ${number} was listed; "bans" lists them`)
  const { reason = '', target } = ban
  if (!(await server.unbanRow(ban)))
    throw new NotFoundError(`ban ${number}, of ${target}, is not in the list any more; "bans" lists them`)
  return `lifted ban ${number}, of ${target}${reason === '' ? '' : ` (${reason})`}`
}

interface Moderated {
  readonly done: string
  /** What the server said to it, which is nothing when all is well. */
  readonly remark: string | undefined
}

function moderate(
  command: string,
  act: (server: GameServer, connected: Connected) => Promise<Moderated>,
): Work {
  return async (connected) => {
    const { done, remark } = await act(await knownServer(connected), connected)
    if (remark !== undefined) throw new UnexpectedReplyError({ command, reply: remark })
    connected.results.write(`${oneLine(done)}\n`)
    return EXIT.done
  }
}

/** Refuses what was meant for a length: BattlEye's own command has minutes there, Reforger's seconds. */
function refuseBareNumber(reason: string): void {
  const [, number] = /^(\d+)( |$)/.exec(reason) ?? []
  if (number !== undefined)
    throw new UsageError(`${number} what? Give the length of the ban with its unit, such as ${number}min`)
}

function askedLength(name: string, { ask }: Connected): Promise<string> {
  if (ask === undefined) throw new UsageError(HOW_LONG)
  return ask(`How long is ${oneLine(name)} banned? [90min, 12h, 7d, 2w, ever] `)
}

function isIdentity(target: string): boolean {
  return isGuid(target) || isIpAddress(target) || isUuid(target)
}
