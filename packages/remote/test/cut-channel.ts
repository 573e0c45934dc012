import type { Random } from '@bercon/protocol/link'
import type { TextChannel } from '../src/index.js'
import type { ClientMessage, HostMessage } from '../src/wire/message.js'

/** When a channel is cut: what is on its way at that moment is lost. */
export const MOMENTS = [
  'hello lost',
  'first state lost',
  'login lost',
  'command lost',
  'answer lost',
] as const

export type Moment = (typeof MOMENTS)[number]

/** Decides at each of these moments whether the channel is cut now. */
export type Cuts = (moment: Moment) => boolean

const CHANCE = 0.4
// In a row, before one serves: the waits between them grow.
const MOST_UNSERVED = 3
const GREETING: readonly Moment[] = ['hello lost', 'first state lost']

/** Cuts at random, at moments that may be; and counts. */
export class RandomCuts {
  readonly counts: Record<Moment, number> = {
    'hello lost': 0,
    'first state lost': 0,
    'login lost': 0,
    'command lost': 0,
    'answer lost': 0,
  }
  #random: Random = () => 1
  #moments: readonly Moment[] = []
  #unserved = 0

  /** From now on. */
  begin(random: Random, moments: readonly Moment[]): void {
    this.#random = random
    this.#moments = moments
    this.#unserved = 0
  }

  readonly decide: Cuts = (moment) => {
    const isGreeting = GREETING.includes(moment)
    if (!isGreeting) this.#unserved = 0
    if (!this.#moments.includes(moment) || this.#random() >= CHANCE) return false
    if (isGreeting && ++this.#unserved > MOST_UNSERVED) return false
    this.counts[moment]++
    return true
  }
}

/** What is cut, and when. */
export interface Cutting {
  readonly cuts: Cuts
  /** Whether the channel replaces one that was cut. */
  readonly isAnother: boolean
  /** Breaks what carries the channel, at both ends. */
  readonly cut: () => void
}

/**
 * The user's end of a channel that is cut where `cuts` says so. Only commands that may be sent again are cut: of one that
 * may not, nobody can know what came of it.
 */
export function cutChannel(channel: TextChannel, { cuts, isAnother, cut }: Cutting): TextChannel {
  const repeatable = new Set<number>()
  let state: 'greeting' | 'serving' | 'cut' = 'greeting'
  const isCutAt = (moment: Moment | undefined) => {
    if (state === 'cut') return true
    if (moment === undefined || !cuts(moment)) return false
    state = 'cut'
    cut()
    return true
  }
  const momentOfSent = (message: ClientMessage): Moment | undefined => {
    if (message.type === 'hello') return isAnother && state === 'greeting' ? 'hello lost' : undefined
    if (message.type === 'open') return 'login lost'
    if (message.type !== 'exchange' || !message.resend) return undefined
    repeatable.add(message.id)
    return 'command lost'
  }
  const momentOfHeard = (message: HostMessage): Moment | undefined => {
    if (message.type === 'answer') return repeatable.has(message.id) ? 'answer lost' : undefined
    if (message.type !== 'state' || !isAnother || state !== 'greeting') return undefined
    return 'first state lost'
  }
  /** What passes of a text, which is a message or a list of them; the rest is lost. */
  const passing = <T>(text: string, momentOf: (message: T) => Moment | undefined, onPass: () => void) => {
    const parsed: T | readonly T[] = JSON.parse(text)
    if (!Array.isArray(parsed)) {
      if (isCutAt(momentOf(parsed as T))) return undefined
      onPass()
      return text
    }
    const passed: T[] = []
    for (const message of parsed as readonly T[]) {
      if (isCutAt(momentOf(message))) break
      onPass()
      passed.push(message)
    }
    return passed.length === 0 ? undefined : JSON.stringify(passed)
  }
  return {
    send: (text) => {
      const passed = passing(text, momentOfSent, () => {})
      if (passed !== undefined) channel.send(passed)
    },
    onText: (listener) =>
      channel.onText((text) => {
        const passed = passing(text, momentOfHeard, () => {
          state = 'serving'
        })
        if (passed !== undefined) listener(passed)
      }),
    onClose: (listener) => channel.onClose(listener),
    close: () => channel.close(),
  }
}
