import { encodeText } from '@bercon/protocol'
import { Wire } from '@bercon/protocol/testing'
import { harshLink } from './harsh-link.js'

/** Options of a trial in which the server forgets the client. */
export interface ForgottenTrialOptions {
  readonly seed: number
  /** `busy`: ten commands a second; `idle`: only keep-alives. */
  readonly load: 'idle' | 'busy'
}

/** The result of the trial. */
export interface ForgottenTrialResult {
  readonly good: boolean
  readonly forgottenAtMs: number
  /** Time from when the server forgets the client until the client detects it. */
  readonly noticedAfterMs: number
  readonly unanswered: number
  readonly silentMs: number
  /** State of the session that follows, on a new link. */
  readonly nextSession: string
}

/**
 * A message a second with 30 % loss in each direction, from a server that follows P9: eventually one is lost five
 * times.
 */
export function runForgottenTrial(options: ForgottenTrialOptions): ForgottenTrialResult {
  const { seed, load } = options
  let forgottenAtMs = Number.NaN
  let noticed = { at: Number.NaN, unanswered: 0, silentMs: 0 }
  const wire: Wire = new Wire({
    link: harshLink(seed, 0.3, 0.1),
    onServerEvent: (event) => {
      if (event.type === 'command') wire.server.reply(event.id, new Uint8Array())
      else if (event.type === 'expired') forgottenAtMs = wire.now
    },
    onClientEvent: (event) => {
      if (event.type === 'forgotten') noticed = { at: wire.now, ...event }
    },
  })
  wire.login()
  while (wire.client.state === 'logged-in' && wire.now < 86_400_000) {
    wire.server.sendMessage(encodeText('(Side) Survivor: still here'), wire.now)
    if (load === 'busy')
      for (let i = 0; i < 10; i++) wire.client.sendCommand(encodeText('players'), { resend: true }, wire.now)
    wire.run(wire.now + 1_000)
  }
  const next = new Wire({ link: harshLink(seed + 1, 0.3, 0.1) })
  next.login()
  const { unanswered, silentMs } = noticed
  const nextSession = next.client.state
  const good =
    unanswered >= 30 && silentMs >= 10_000 && noticed.at > forgottenAtMs && nextSession === 'logged-in'
  return {
    good,
    forgottenAtMs,
    noticedAfterMs: noticed.at - forgottenAtMs,
    unanswered,
    silentMs,
    nextSession,
  }
}
