import { type BanTimeFlags, chosenBanTime, parseBanTime, shownBanTime } from '../ban-time.js'
import { oneLine } from '../output/safe-text.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { noteOptionsIn, takesText } from '../program/text-arguments.js'
import type { Connected, Work } from '../server/connected.js'
import { moderate } from '../server/moderation.js'
import type { ServersFlags } from '../server/several-servers.js'
import { UsageError } from '../usage-error.js'

export const command: BerconCommand = {
  name: 'ban',
  about: 'ban a player, or a GUID, IP address or identity id',
  examples: ['bercon ban 3 --for 7d spam', 'bercon ban 192.0.2.7 --for permanent cheating'],
  define: (command, { addOptions, carryOut, note }) => {
    takesText(command)
      .argument('<target>', 'number or whole name of a player, GUID, IP address, identity id')
      .argument('[reason...]', 'text shown to the player')
      .option(
        '--for <length>',
        'length with its unit: 90min, 12h, 7d, 2w, 3600s, or permanent; also right after the target',
      )
      .option('--until <date>', 'end of the ban: 2026-12-24 or 2026-12-24T18:00; also right after the target')
      .action((target: string, words: string[], flags: ServersFlags & BanTimeFlags) => {
        const { time, reason } = timeAndReason(flags, words)
        noteOptionsIn(reason, command, note)
        return carryOut(flags, () => ban(target, reason.join(' '), time))
      })
    addOptions(command)
  },
}

const LENGTH = /^(permanent|\d+(s|m|min|h|d|w))$/

/** The length may also follow the target, with or without its flag, because it does not choose a server. */
function timeAndReason(
  { for: length, until }: BanTimeFlags,
  words: readonly string[],
): { readonly time: BanTimeFlags; readonly reason: readonly string[] } {
  const [first = '', second, ...others] = words
  if (length !== undefined || until !== undefined) return { time: { for: length, until }, reason: words }
  if (first === '--for') return { time: { for: second }, reason: others }
  if (first === '--until') return { time: { until: second }, reason: others }
  return LENGTH.test(first) ? { time: { for: first }, reason: words.slice(1) } : { time: {}, reason: words }
}

const HOW_LONG = 'how long? Use --for 90min (or 12h, 7d, 2w, 3600s), --for permanent, or --until 2026-12-24'

/** `bercon ban`; asks for the length if it is missing. */
export function ban(target: string, reason: string, flags: BanTimeFlags): Work {
  const given = chosenBanTime(flags, Date.now())
  if (given === undefined) refuseBareNumber(reason)
  if (given === undefined && !process.stdin.isTTY) throw new UsageError(HOW_LONG)
  return moderate('ban', async ({ server, connected, find }) => {
    const { isIdentity } = await import('../server/find-player.js')
    const player = isIdentity(target) ? undefined : await find(target)
    const time = given ?? parseBanTime((await askedLength(player?.name ?? target, connected)).trim())
    const length = shownBanTime(time)
    const remark = await server.ban(player?.id ?? target, time, reason)
    const who = player === undefined ? target : `player ${player.id}, ${player.name},`
    return { remark, done: `banned ${who} ${length}` }
  })
}

/** Refuses a bare number that is meant as a length: BattlEye's own command has minutes there, Reforger's seconds. */
function refuseBareNumber(reason: string): void {
  const [, number] = /^(\d+)( |$)/.exec(reason) ?? []
  if (number !== undefined)
    throw new UsageError(`${number} what? Write the length of the ban with its unit, such as ${number}min`)
}

function askedLength(name: string, { ask }: Connected): Promise<string> {
  if (ask === undefined) throw new UsageError(HOW_LONG)
  return ask(`How long is ${oneLine(name)} banned? [90min, 12h, 7d, 2w, permanent] `)
}
