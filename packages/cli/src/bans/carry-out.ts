import type { BanLine } from '@bercon/arma'
import {
  type AsyncRconClient,
  ask,
  type BanRow,
  type CallOptions,
  commands,
  isNoReply,
  type Steps,
  UnexpectedReplyError,
} from '@bercon/client'
import { wholeBans } from '@bercon/core/kit'
import type { BansPlan } from './bans-plan.js'

/** How many `addBan` commands are under way at a time, and their timeout: the list is read again anyway. */
const AT_ONCE = 32
const DEFAULT_TIMEOUT_MS = 3_000
const MINUTE_MS = 60_000

/** Called with the number of changes done. */
export type Progress = (done: number, total: number) => void

/**
 * Executes a plan once. Unanswered changes stay open: the next plan, made from the list at that time, shows whether they
 * were made, so that no change is made twice.
 */
export async function carryOut(
  client: AsyncRconClient,
  { adds, removals }: BansPlan,
  call: CallOptions,
  progress: Progress,
): Promise<void> {
  const total = adds.length + removals.length
  let done = 0
  const attempt = async (change: () => Promise<unknown>) => {
    await change().catch((error: unknown) => {
      if (!isNoReply(error)) throw error
    })
    progress(++done, total)
  }
  // New bans first, so that a replaced ban has no gap.
  const queue = adds.values()
  const options = { ...call, timeoutMs: call.timeoutMs ?? DEFAULT_TIMEOUT_MS }
  const worker = async () => {
    for (const ban of queue) await attempt(() => add(client, ban, options))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  // One after the other, because each removal shifts the numbers of later rows.
  for (const row of removals) await attempt(() => client.perform(() => lift(row), call))
}

/** The command for a ban. @throws {@link InvalidArgumentError} where its reason cannot be sent. */
export function commandFor(
  { target, expiresAt, reason }: BanLine,
  now: number,
): ReturnType<typeof commands.addBan> {
  const minutes = expiresAt === undefined ? undefined : Math.max(1, Math.ceil((expiresAt - now) / MINUTE_MS))
  return commands.addBan(target, minutes, reason)
}

async function add(client: AsyncRconClient, ban: BanLine, call: CallOptions): Promise<void> {
  const command = commandFor(ban, Date.now())
  const remark = await client.run(command, call)
  if (remark !== undefined) throw new UnexpectedReplyError({ command: command.text, reply: remark })
}

/** Removes a listed ban, by the number that it has now; a missing one is ignored. */
function* lift(listed: BanRow): Steps<void> {
  const { bans: rows } = yield* wholeBans()
  // Where a ban was replaced by a shorter one, both are listed: the nearer of them is meant.
  const [row] = rows
    .filter((each) => isSameRow(each, listed))
    .toSorted((a, b) => passedMinutes(a, listed) - passedMinutes(b, listed))
  if (row !== undefined) yield* ask(commands.removeBan(row.id))
}

function isSameRow(row: BanRow, listed: BanRow): boolean {
  const isSame =
    row.target === listed.target && row.reason === listed.reason && row.expires === listed.expires
  return isSame && passedMinutes(row, listed) >= 0
}

function passedMinutes({ minutesLeft = 0 }: BanRow, listed: BanRow): number {
  return (listed.minutesLeft ?? 0) - minutesLeft
}
