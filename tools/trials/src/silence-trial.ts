import { createRandom, type LinkOptions } from '@bercon/protocol/link'
import { Wire } from '@bercon/protocol/testing'

const HOUR_MS = 3_600_000
const SETTLED_MS = 600_000
const NOTICED_BY_MS = 120_000
const NOTHING = new Uint8Array()

/** Options of a trial of silence: an idle client, and its link. */
export interface SilenceTrialOptions {
  readonly seed: number
  readonly link: Partial<LinkOptions>
}

/** How long after a restart of its server an idle client detects it, in ms; `NaN` for never. */
export interface RestartTrialResult {
  readonly unresponsiveAfterMs: number
  readonly forgottenAfterMs: number
  /** Datagrams sent to the silent server. */
  readonly sent: number
}

/** The server forgets an idle client at a random time after ten minutes, and is silent from then on. */
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

/** How often a server that answers is reported as silent. */
export interface FalseAlarmTrialResult {
  readonly hours: number
  readonly unresponsive: number
  readonly forgotten: number
  readonly sent: number
  readonly virtualMs: number
}

/** Some hours of an idle client at a server that answers everything it receives. */
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

/** How an idle client reacts to a server that hangs for a while and then answers everything it received. */
export interface HangTrialResult {
  readonly events: readonly string[]
  readonly loginKept: boolean
  readonly sent: number
}

/** The server hangs for `hangMs`, starting at a random time between two keep-alives. */
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
  // From the client's first unanswered packet: silence that nothing tests does not count.
  wire.run(wire.now + NOTICED_BY_MS, () => waiting.length > 0)
  wire.run(wire.now + hangMs)
  isHung = false
  for (const id of waiting) wire.server.reply(id, NOTHING)
  wire.run(wire.now + NOTICED_BY_MS)
  const loginKept = wire.client.state === 'logged-in'
  return { events, loginKept, sent: wire.client.statistics.sent - sentBefore }
}
