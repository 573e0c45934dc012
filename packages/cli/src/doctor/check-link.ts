import { type AsyncRconClient, commands } from '@bercon/client'
import { EXIT } from '../exit-codes.js'
import type { Checklist } from './checklist.js'

const KEEP_ALIVES = 50
const AT_ONCE = 5
const DEFAULT_TIMEOUT_MS = 2_000
const MUCH_LOSS = 0.05
const SLOW_MS = 300

/** Measures loss and round trip with keep-alives, each of which is sent once. */
export async function checkLink(
  client: AsyncRconClient,
  timeoutMs: number | undefined,
  list: Checklist,
  signal: AbortSignal,
): Promise<void> {
  const times = await measure(client, timeoutMs ?? DEFAULT_TIMEOUT_MS, signal)
  const lost = 1 - times.length / KEEP_ALIVES
  const answered = `${times.length} of ${KEEP_ALIVES} keep-alives were answered`
  const middle = times[Math.floor(times.length / 2)]
  const longest = times.at(-1)
  if (middle === undefined || longest === undefined) {
    list.bad(
      `${answered}: the server answers the login but not the keep-alives; check the firewall on the way`,
      EXIT.timedOut,
    )
    list.skipped('the round trip could not be measured')
    return
  }
  const share = `${answered}, ${Math.round(lost * 100)} % were lost`
  if (lost <= MUCH_LOSS) list.good(share)
  else
    list.bad(
      `${share}: commands that are sent once will often time out; run this closer to the server`,
      EXIT.timedOut,
    )
  const trip = `a round trip takes ${middle.toFixed(1)} ms, the longest ${longest.toFixed(1)} ms`
  if (middle <= SLOW_MS) list.good(trip)
  else list.remark(`${trip}: that is slow; run this closer to the server`)
}

/** The round trips of the keep-alives that were answered, in ms, from the shortest. */
async function measure(
  client: AsyncRconClient,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const times: number[] = []
  const once = { ...commands.keepAlive(), resend: false }
  const rounds = Array.from({ length: KEEP_ALIVES }).values()
  const worker = async () => {
    for (const _round of rounds) {
      const start = performance.now()
      await client.run(once, { timeoutMs, signal }).then(
        () => times.push(performance.now() - start),
        () => signal.throwIfAborted(),
      )
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return times.toSorted((a, b) => a - b)
}
