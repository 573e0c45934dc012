import type { BerconCommand } from '../program/bercon-command.js'
import type { Connected, Work } from '../server/connected.js'
import type { GameServer } from '../server/game-server.js'
import { type Moderated, moderate } from '../server/moderation.js'
import type { ServersFlags } from '../server/several-servers.js'
import { NotFoundError, UsageError } from '../usage-error.js'

export const command: BerconCommand = {
  name: 'unban',
  about: 'remove all bans of a GUID, IP address or identity id',
  examples: ['bercon unban 192.0.2.7'],
  define: (command, { addOptions, carryOut, kind }) => {
    const number = kind === 'shell' ? ', or the number that "bans" showed last' : ''
    command
      .argument('<target>', `GUID, IP address or identity id${number}`)
      .action((target: string, flags: ServersFlags) =>
        carryOut(flags, () => unban(target, { takesNumbers: kind === 'shell' })),
      )
    addOptions(command)
  },
}

/** `bercon unban`; in the shell a number is that of the list shown last. */
export async function unban(
  target: string,
  { takesNumbers }: { readonly takesNumbers: boolean },
): Promise<Work> {
  const number = /^\d{1,9}$/.test(target) ? Number(target) : undefined
  if (number !== undefined && !takesNumbers)
    throw new UsageError(
      'unban takes a GUID, IP address or identity id, as "bans" lists them: the numbers of bans change whenever the list does',
    )
  const { bannedLike, isIdentity } = await import('../server/find-player.js')
  if (number === undefined && !isIdentity(target))
    throw new UsageError(`"${target}" is not a GUID, IP address or identity id`)
  return moderate('unban', async ({ server, connected }) => {
    if (number !== undefined) return unbanNumber(number, server, connected.seen)
    const outcome = await server.unban(target)
    if (outcome === false)
      throw new NotFoundError(`${target} is not banned${await bannedLike(server, target)}`)
    return { done: `removed the ban of ${target}`, remark: remarkIn(outcome) }
  })
}

/** Removes the ban that was shown with a number, even if its number has shifted. */
async function unbanNumber(number: number, server: GameServer, seen: Connected['seen']): Promise<Moderated> {
  const ban = seen?.bans.find((each) => each.number === number)
  if (ban === undefined)
    throw new NotFoundError(`no ban with the number ${number} was listed; "bans" lists them`)
  const { reason = '', target } = ban
  const outcome = await server.unbanRow(ban)
  if (outcome === false)
    throw new NotFoundError(`ban ${number}, of ${target}, is no longer in the list; "bans" lists them`)
  const shown = reason === '' ? '' : ` (${reason})`
  return { done: `removed ban ${number}, of ${target}${shown}`, remark: remarkIn(outcome) }
}

function remarkIn(outcome: boolean | string): string | undefined {
  return typeof outcome === 'string' ? outcome : undefined
}
