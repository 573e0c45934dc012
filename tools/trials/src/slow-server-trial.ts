import { decodeClientPacket, encodeText } from '@bercon/protocol'
import { Wire } from '@bercon/protocol/testing'

/** Options of a trial of a slow server. */
export interface SlowServerTrialOptions {
  readonly seed: number
  readonly commands: number
  /**
   * `busy`: each command takes `slowMs`, while keep-alives are answered at once. `hung`: the server does nothing for
   * `slowMs`, then answers everything it received.
   */
  readonly server: 'busy' | 'hung'
  readonly slowMs: number
  /** Whether the round trip was measured before, so that repeats would start after 100 ms instead of a second. */
  readonly isMeasured: boolean
}

/** The result of the trial. */
export interface SlowServerTrialResult {
  readonly answered: number
  readonly failed: number
  /** Command packets beyond the first of each command, until the server's first answer. */
  readonly repeats: number
  /** Keep-alives sent meanwhile. */
  readonly keepAlives: number
  readonly executions: number
  readonly loginKept: boolean
  readonly virtualMs: number
}

const MEASURED = 200
const DEADLINE_MS = 60_000

/** Commands, all at once, at a server that answers none of them for seconds, over a link without loss. */
export function runSlowServerTrial(options: SlowServerTrialOptions): SlowServerTrialResult {
  const { seed, commands, server, slowMs, isMeasured } = options
  const waiting: { readonly id: number; readonly readyAt: number }[] = []
  let isSlow = false
  let [answered, failed, executions, keepAlives] = [0, 0, 0, 0]
  const wire: Wire = new Wire({
    link: { seed, minDelayMs: 1, maxDelayMs: 10 },
    onServerEvent: (event) => {
      if (event.type !== 'command') return
      const isKeepAlive = event.bytes.length === 0
      if (isSlow && !isKeepAlive) executions++
      if (!isSlow || (isKeepAlive && server === 'busy')) wire.server.reply(event.id, event.bytes)
      else waiting.push({ id: event.id, readyAt: server === 'busy' ? wire.now + slowMs : startedAt + slowMs })
    },
    onClientDatagram: (datagram) => {
      const packet = decodeClientPacket(datagram)
      if (packet.type === 'command' && packet.bytes.length === 0) keepAlives++
    },
    onClientEvent: (event) => {
      if (!isSlow || (event.type !== 'reply' && event.type !== 'failure') || event.id === 0) return
      if (event.type === 'reply') answered++
      else failed++
    },
  })
  wire.login()
  for (let i = 0; isMeasured && i < MEASURED; i++) {
    wire.client.sendCommand(encodeText('version'), { resend: true }, wire.now)
    wire.run(wire.now + 25)
  }
  isSlow = true
  const startedAt = wire.now
  const sentBefore = wire.client.statistics.sent
  keepAlives = 0
  for (let i = 0; i < commands; i++)
    wire.client.sendCommand(encodeText(`list ${i}`), { resend: true, timeoutMs: DEADLINE_MS }, wire.now)
  wire.run(startedAt + slowMs)
  const repeats = wire.client.statistics.sent - sentBefore - commands - keepAlives
  const keepAlivesMeanwhile = keepAlives
  const isDone = () => answered + failed >= commands
  while (!isDone()) {
    for (; (waiting[0]?.readyAt ?? Number.POSITIVE_INFINITY) <= wire.now; waiting.shift())
      wire.server.reply(waiting[0]?.id ?? 0, encodeText('list'))
    wire.run(wire.now + 10, isDone)
  }
  const loginKept = wire.client.state === 'logged-in'
  return {
    answered,
    failed,
    repeats,
    keepAlives: keepAlivesMeanwhile,
    executions,
    loginKept,
    virtualMs: wire.now - startedAt,
  }
}
