import type { Send } from './tried-gateway.js'

const TICK_MS = 10
// So many wait for an answer at most; behind that the machine is too slow, and the rate falls.
const MOST_UNDER_WAY = 64

/** Commands that are sent at a steady rate. */
export interface SteadySender {
  /** Sends no more, and resolves once all are settled. */
  stop(): Promise<SteadyCounts>
}

/** What came of them. */
interface SteadyCounts {
  readonly sent: number
  /** Those that failed, by message. */
  readonly failures: Readonly<Record<string, number>>
}

/** Sends so many commands a second, whether or not earlier ones are answered. */
export function steady(send: Send, perSecond: number, name: string): SteadySender {
  const underWay = new Set<Promise<unknown>>()
  let sent = 0
  const failures: Record<string, number> = {}
  const begun = performance.now()
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) * perSecond) / 1_000
    while (sent < due && underWay.size < MOST_UNDER_WAY) {
      const one = send(`say -1 ${name} ${sent++}`)
        .catch(({ message }: Error) => {
          failures[message] = (failures[message] ?? 0) + 1
        })
        .finally(() => underWay.delete(one))
      underWay.add(one)
    }
  }, TICK_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(underWay)
      return { sent, failures }
    },
  }
}
