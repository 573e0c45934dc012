import { type ClientStatistics, decodeText, encodeText } from '@bercon/protocol'
import { createRandom } from '@bercon/protocol/link'
import { Wire } from '@bercon/protocol/testing'
import { harshLink } from './harsh-link.js'
import { Trace } from './trace.js'

/** What a trial of commands is made with. */
export interface CommandTrialOptions {
  readonly seed: number
  readonly commands: number
  /** Loss each way. */
  readonly loss: number
  /** `true`: marked `resend`, on a server that remembers answers; `false`: sent once, on one that does not. */
  readonly resend: boolean
}

/** What came of it. */
export interface CommandTrialResult {
  readonly answered: number
  /** Failures with an unknown outcome, and with only a part of the reply: only of commands that are sent once. */
  readonly unknown: number
  readonly inPart: number
  /** Commands that were answered twice, with another's reply, or failed otherwise: none of them may be. */
  readonly wrong: number
  /** Commands executed exactly once, and more than once. */
  readonly executedOnce: number
  readonly executedAgain: number
  readonly loginKept: boolean
  readonly virtualMs: number
  readonly statistics: ClientStatistics
  /** A checksum over every event in order and time: the same seed gives the same trace. */
  readonly trace: string
}

// Several hundred under way or queued. Where half of them hold their place until the deadline, fewer, or those behind
// would not be sent in time.
const WAITING = { again: 400, once: 200 }
const DEADLINE_MS = 60_000
const LONG_REPLY_EVERY = 100
const PART_BYTES = 32

/** Many commands, each with a text and a reply of its own, over a link that does everything to them. */
export function runCommandTrial(options: CommandTrialOptions): CommandTrialResult {
  const { seed, commands, loss, resend } = options
  const random = createRandom(seed)
  const executions = new Uint8Array(commands)
  const settled = new Uint8Array(commands)
  const indexOf = new Map<number, number>()
  let asked = 0
  let answered = 0
  let unknown = 0
  let inPart = 0
  let wrong = 0
  const trace = new Trace()

  const ask = () => {
    const index = asked++
    const text = encodeText(`command ${index} of seed ${seed}`)
    indexOf.set(wire.client.sendCommand(text, { resend, timeoutMs: DEADLINE_MS }, wire.now), index)
  }
  const settle = (id: number, outcome: 'right' | 'unknown' | 'executed' | 'wrong') => {
    const index = indexOf.get(id)
    if (index === undefined || settled[index] !== 0) wrong++
    else {
      settled[index] = 1
      if (outcome === 'right') answered++
      else if (outcome === 'unknown') unknown++
      else if (outcome === 'executed') inPart++
      else wrong++
    }
    if (asked < commands) ask()
  }

  const wire: Wire = new Wire({
    link: harshLink(seed, loss, resend ? 0.1 : 0),
    client: resend ? {} : { maxInFlight: 128 },
    server: {
      recogniseRepeats: resend,
      repeatWindowMs: DEADLINE_MS + 2_000,
      partBytes: PART_BYTES,
    },
    onServerEvent: (event) => {
      if (event.type !== 'command') return
      const text = decodeText(event.bytes)
      const index = Number(/^command (\d+) /.exec(text)?.[1] ?? Number.NaN)
      if (index >= 0) executions[index] = Math.min(255, (executions[index] as number) + 1)
      wire.server.reply(event.id, encodeText(text === '' ? '' : replyTo(index)))
    },
    onClientEvent: (event) => {
      if (event.type === 'malformed') return
      trace.note(wire.now, event.type.length, 'id' in event ? event.id : 0)
      if (event.type === 'reply' && event.id > 0) {
        const index = indexOf.get(event.id) as number
        settle(event.id, decodeText(event.bytes) === replyTo(index) ? 'right' : 'wrong')
      } else if (event.type === 'failure') {
        settle(event.id, resend || event.outcome === 'not-sent' ? 'wrong' : event.outcome)
      }
    },
  })
  const lengths = new Map<number, number>()
  function replyTo(index: number): string {
    const text = `reply ${index} of seed ${seed}.`
    if (index % LONG_REPLY_EVERY !== 0) return text
    const length = lengths.get(index) ?? 1 + Math.floor(random() * 60 * PART_BYTES)
    lengths.set(index, length)
    return text.repeat(Math.ceil(length / text.length)).slice(0, Math.max(length, text.length))
  }

  wire.login()
  const waiting = resend ? WAITING.again : WAITING.once
  while (asked < Math.min(waiting, commands)) ask()
  wire.run(Number.POSITIVE_INFINITY, () => answered + unknown + inPart + wrong >= commands)
  // What is still on the way may not change anything either.
  wire.run(wire.now + 2_000)
  return {
    answered,
    unknown,
    inPart,
    wrong,
    executedOnce: executions.filter((times) => times === 1).length,
    executedAgain: executions.filter((times) => times > 1).length,
    loginKept: wire.client.state === 'logged-in' && wire.server.state === 'logged-in',
    virtualMs: wire.now,
    statistics: wire.client.statistics,
    trace: trace.toString(),
  }
}
