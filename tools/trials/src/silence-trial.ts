import { createRandom, type LinkOptions } from '@bercon/protocol/link'
import { Wire } from '@bercon/protocol/testing'

const HOUR_MS = 3_600_000
const SETTLED_MS = 600_000
const NOTICED_BY_MS = 120_000
const NOTHING = new Uint8Array()

/** What a trial of silence is made with: an idle client, and the link. */
export interface SilenceTrialOptions {
  readonly seed: number
  readonly link: Partial<LinkOptions>
}

/** When an idle client notices that its server has restarted, in ms after that; `NaN` for never. */
export interface RestartTrialResult {
  readonly unresponsiveAfterMs: number
  readonly forgottenAfterMs: number
  /** Datagrams that were sent to the silent server. */
  readonly sent: number
}

/** The server forgets an idle client at some moment after ten minutes, and answers nothing from then on. */
export function runRestartTrial({ seed, link }: SilenceTrialOptions): RestartTrialResult {
  const random = createRandom(seed)
  let restartedAt = Number.NaN
  let [unresponsiveAfterMs, forgottenAfterMs] = [Number.NaN, Number.NaN]
  const wire: Wire = new Wire({
    link: { ...link, seed },
    onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, NOTHING),
    onClientEvent: ({ type }) => {
      if (type === 'unresponsive') unresponsiveAfterMs = wire.now - restartedAt
      if (type === 'forgotten') forgottenAfterMs = wire.now - restartedAt
    },
  })
  wire.login()
  wire.run(SETTLED_MS + random() * SETTLED_MS)
  restartedAt = wire.now
  wire.server.close()
  const sentBefore = wire.client.statistics.sent
  wire.run(restartedAt + NOTICED_BY_MS, () => wire.client.state !== 'logged-in')
  return { unresponsiveAfterMs, forgottenAfterMs, sent: wire.client.statistics.sent - sentBefore }
}

/** How often a server that is there seems not to be. */
export interface FalseAlarmTrialResult {
  readonly hours: number
  readonly unresponsive: number
  readonly forgotten: number
  readonly sent: number
  readonly virtualMs: number
}

/** So many hours of an idle client at a server that answers all that reaches it. */
export function runFalseAlarmTrial(
  { seed, link }: SilenceTrialOptions,
  hours: number,
): FalseAlarmTrialResult {
  let [unresponsive, forgotten] = [0, 0]
  const wire: Wire = new Wire({
    link: { ...link, seed },
    onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, NOTHING),
    onClientEvent: ({ type }) => {
      if (type === 'unresponsive') unresponsive++
      if (type === 'forgotten') forgotten++
    },
  })
  wire.login()
  wire.run(hours * HOUR_MS, () => forgotten > 0)
  return { hours, unresponsive, forgotten, sent: wire.client.statistics.sent, virtualMs: wire.now }
}

/** What an idle client makes of a server that does nothing for a while and then answers all that has come. */
export interface HangTrialResult {
  readonly events: readonly string[]
  readonly loginKept: boolean
  readonly sent: number
}

/** The server hangs for `hangMs`, beginning at some moment between two keep-alives. */
export function runHangTrial({ seed, link }: SilenceTrialOptions, hangMs: number): HangTrialResult {
  const random = createRandom(seed)
  const waiting: number[] = []
  const events: string[] = []
  let isHung = false
  const wire: Wire = new Wire({
    link: { ...link, seed },
    onServerEvent: (event) => {
      if (event.type !== 'command') return
      if (isHung) waiting.push(event.id)
      else wire.server.reply(event.id, NOTHING)
    },
    onClientEvent: ({ type }) => {
      if (type !== 'reply' && type !== 'logged-in') events.push(type)
    },
  })
  wire.login()
  wire.run(SETTLED_MS + random() * SETTLED_MS)
  const sentBefore = wire.client.statistics.sent
  isHung = true
  // From the moment at which the client asks: what it does not ask in vain does not count.
  wire.run(wire.now + NOTICED_BY_MS, () => waiting.length > 0)
  wire.run(wire.now + hangMs)
  isHung = false
  for (const id of waiting) wire.server.reply(id, NOTHING)
  wire.run(wire.now + NOTICED_BY_MS)
  const loginKept = wire.client.state === 'logged-in'
  return { events, loginKept, sent: wire.client.statistics.sent - sentBefore }
}
