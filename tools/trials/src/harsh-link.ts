import type { LinkOptions } from '@bercon/protocol/link'

/** The link of the trials: delays of 20 to 400 ms, with what else is asked for. */
export function harshLink(seed: number, loss: number, repeat: number): Partial<LinkOptions> {
  return { seed, loss, repeat, reorder: 0.2, reorderMs: 400, corrupt: 0.01, minDelayMs: 20, maxDelayMs: 400 }
}
