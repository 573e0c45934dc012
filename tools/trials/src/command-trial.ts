import { type ClientStatistics, decodeText, encodeText } from '@bercon/protocol'
import { createRandom } from '@bercon/protocol/link'
import { Wire } from '@bercon/protocol/testing'
import { harshLink, Trace } from './harsh-link.js'

/** Options of a trial of commands. */
export interface CommandTrialOptions {
  readonly seed: number
  readonly commands: number
  /** Loss in each direction. */
  readonly loss: number
  /** Whether commands are sent again until they are answered, over a link that also repeats datagrams, or only once. */
  readonly resend: boolean
  /** Whether the server recognizes a repeat by its sequence and text, or executes every command (W7). */
  readonly recognizeRepeats: boolean
  /** Whether all commands have the same text, so that only the sequence distinguishes them. */
  readonly sameText: boolean
}

/** The result of the trial. */
export interface CommandTrialResult {
  readonly answered: number
  /** Failures with an unknown outcome, and with only a part of the reply: only for commands that are sent once. */
  readonly unknown: number
  readonly inPart: number
  /**
   * Commands that were answered twice, got another command's reply, shared a reply, or failed in another way; there
   * must be none.
   */
  readonly wrong: number
  /** Number of executions at the server. */
  readonly executions: number
  /** Repeated executions of a command; unknown if all have the same text. */
  readonly executedAgain: number | undefined
  readonly loginKept: boolean
  readonly virtualMs: number
  readonly statistics: ClientStatistics
  /** A checksum over every event in order and time: the same seed produces the same trace. */
  readonly trace: string
}

// Several hundred in flight or queued; fewer if half of them keep their place until the deadline, or the later ones
// would not be sent in time.
const WAITING = { again: 400, once: 200 }
const DEADLINE_MS = 60_000
const LONG_REPLY_EVERY = 100
const PART_BYTES = 32

/** Runs many commands over a link with every fault. Each reply names its command, or its execution. */
export function runCommandTrial(options: CommandTrialOptions): CommandTrialResult {
  const { seed, commands, loss, resend, recognizeRepeats, sameText } = options
  const random = createRandom(seed)
  const executed = new Uint32Array(commands)
  const settled = new Uint8Array(commands)
  const taken = new Set<string>()
  const indexOf = new Map<number, number>()
  let [asked, answered, unknown, inPart, wrong, executions] = [0, 0, 0, 0, 0, 0]
  const trace = new Trace()

  const ask = () => {
    const index = asked++
    const text = encodeText(sameText ? 'removeBan 0' : `command ${index} of seed ${seed}`)
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
  const isOwn = (id: number, reply: string) => {
    if (!sameText) return reply === replyTo(indexOf.get(id) as number)
    // No execution answers two commands.
    const isNew = !taken.has(reply)
    taken.add(reply)
    return isNew && Number(/^reply (\d+) /.exec(reply)?.[1]) <= executions && reply.endsWith('.')
  }
  const execute = (text: string): string => {
    if (text === '') return ''
    executions++
    if (sameText) return replyTo(executions)
    const index = Number(/^command (\d+) /.exec(text)?.[1] ?? Number.NaN)
    executed[index] = (executed[index] as number) + 1
    return replyTo(index)
  }

  const wire: Wire = new Wire({
    link: harshLink(seed, loss, resend ? 0.1 : 0),
    client: resend ? {} : { maxInFlight: 128 },
    server: { recognizeRepeats, repeatWindowMs: DEADLINE_MS + 2_000, partBytes: PART_BYTES },
    onServerEvent: (event) => {
      if (event.type === 'command') wire.server.reply(event.id, encodeText(execute(decodeText(event.bytes))))
    },
    onClientEvent: (event) => {
      if (event.type === 'malformed') return
      trace.note(wire.now, event.type.length, 'id' in event ? event.id : 0)
      if (event.type === 'reply' && event.id > 0) {
        settle(event.id, isOwn(event.id, decodeText(event.bytes)) ? 'right' : 'wrong')
      } else if (event.type === 'failure') {
        settle(event.id, resend || event.outcome === 'not-sent' ? 'wrong' : event.outcome)
      }
    },
  })
  const lengths = new Map<number, number>()
  function replyTo(index: number): string {
    const text = `reply ${index} of seed ${seed}.`
    if (index % LONG_REPLY_EVERY !== 0) return text
    const times = lengths.get(index) ?? Math.ceil((1 + Math.floor(random() * 60 * PART_BYTES)) / text.length)
    lengths.set(index, times)
    return text.repeat(times)
  }

  wire.login()
  const waiting = resend ? WAITING.again : WAITING.once
  while (asked < Math.min(waiting, commands)) ask()
  wire.run(Number.POSITIVE_INFINITY, () => answered + unknown + inPart + wrong >= commands)
  // Datagrams still in transit must not change anything either.
  wire.run(wire.now + 2_000)
  return {
    answered,
    unknown,
    inPart,
    wrong,
    executions,
    executedAgain: sameText
      ? undefined
      : executed.reduce((again, times) => again + Math.max(0, times - 1), 0),
    loginKept: wire.client.state === 'logged-in' && wire.server.state === 'logged-in',
    virtualMs: wire.now,
    statistics: wire.client.statistics,
    trace: trace.toString(),
  }
}
