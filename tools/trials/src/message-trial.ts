import { decodeText, encodeText } from '@bercon/protocol'
import { Wire } from '@bercon/protocol/testing'
import { harshLink, Trace } from './harsh-link.js'

/** Options of a trial of messages. */
export interface MessageTrialOptions {
  readonly seed: number
  readonly messages: number
  /** Loss in each direction. */
  readonly loss: number
  /** Whether every message has the same text (W11). */
  readonly sameText: boolean
}

/** The result of the trial. */
export interface MessageTrialResult {
  readonly delivered: number
  /** Messages with the wrong number or text; there must be none. */
  readonly wrong: number
  readonly acknowledged: number
  readonly repeated: number
  readonly loginKept: boolean
  readonly virtualMs: number
  readonly trace: string
}

/** Many messages from a server that keeps repeating; each must arrive exactly once. */
export function runMessageTrial(options: MessageTrialOptions): MessageTrialResult {
  const { seed, messages, loss, sameText } = options
  const seen = new Uint8Array(messages)
  let sent = 0
  let delivered = 0
  let wrong = 0
  let acknowledged = 0
  const trace = new Trace()
  const textOf = (index: number) =>
    sameText ? '(Global) Survivor: gg' : `(Global) Survivor: message ${index}`
  const fill = () => {
    while (sent < messages && wire.server.sendMessage(encodeText(textOf(sent)), wire.now)) sent++
  }
  const wire: Wire = new Wire({
    link: harshLink(seed, loss, 0.1),
    server: {
      messageAttempts: Number.POSITIVE_INFINITY,
      messageResendIntervalMs: 2_000,
      maxQueuedMessages: 100,
    },
    onServerEvent: (event) => {
      if (event.type === 'command') wire.server.reply(event.id, new Uint8Array())
      else if (event.type === 'login' || event.type === 'writable') fill()
      else if (event.type === 'acknowledged') {
        acknowledged++
        fill()
      }
    },
    onClientEvent: (event) => {
      if (event.type !== 'message') return
      trace.note(wire.now, event.number)
      if (seen[event.number] !== 0 || decodeText(event.bytes) !== textOf(event.number)) wrong++
      else delivered++
      seen[event.number] = 1
    },
  })
  wire.login()
  wire.run(Number.POSITIVE_INFINITY, () => acknowledged >= messages || wire.server.state !== 'logged-in')
  wire.run(wire.now + 5_000)
  return {
    delivered,
    wrong,
    acknowledged,
    repeated: wire.client.statistics.repeated,
    loginKept: wire.client.state === 'logged-in' && wire.server.state === 'logged-in',
    virtualMs: wire.now,
    trace: trace.toString(),
  }
}
