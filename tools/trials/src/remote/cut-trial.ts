import { AsyncRconClient } from '@bercon/client'
import { codeOf } from '@bercon/core'
import { VirtualClock } from '@bercon/core/testing'
import { createRandom } from '@bercon/protocol/link'
import { hostConnection, RemoteConnection } from '@bercon/remote'
import { type ChannelPair, channelPair } from '@bercon/remote/testing'
import { hostedServer } from './hosted-server.js'

/** What came of a trial of channels that are cut. */
export interface CutTrialResult {
  readonly cuts: number
  readonly commands: number
  readonly answered: number
  /** Failed by code and outcome. */
  readonly failed: Readonly<Record<string, number>>
  readonly unsettled: number
  /** Replies of another command, outcomes that are not true, and commands sent once that were executed twice. */
  readonly wrong: number
  readonly messages: number
  readonly received: number
  readonly receivedTwice: number
  /** Messages that were missed and that no gap names. */
  readonly unnamed: number
  readonly loginsOfHost: number
  readonly timersLeft: number
}

interface Call {
  readonly text: string
  readonly resend: boolean
  settled: 'no' | 'answered' | { readonly code: string; readonly outcome: string }
  reply: string
}

/** A client over a channel in memory that is cut at random moments, and commands and messages all the while. */
export async function runCutTrial(seed: number, cuts: number): Promise<CutTrialResult> {
  const random = createRandom(seed)
  const clock = new VirtualClock()
  const { server, connection, executions } = await hostedServer(clock, () => random() * 300)
  let pair: ChannelPair | undefined
  const remote = new RemoteConnection(
    () => {
      // Now and then there is no channel to be had either.
      if (random() < 0.2) throw new Error('refused')
      pair = channelPair(clock, { delayMs: () => random() * 50 })
      hostConnection(connection, pair.ends[0], { clock, limits: { maxExchanges: 8 } })
      return pair.ends[1]
    },
    { clock, random, reconnectDelayMs: 100, maxReconnectDelayMs: 1_000 },
  )
  const client = new AsyncRconClient({ connection: remote, clock })
  const calls: Call[] = []
  const sent = new Map<string, number>()
  const received = new Map<string, number>()
  const gaps: { readonly from: number; readonly to: number }[] = []
  client.listen('message', ({ text }) => received.set(text, (received.get(text) ?? 0) + 1))
  client.listen('gap', (gap) => gaps.push(gap))
  await clock.run(2_000)
  const ask = () => {
    const call: Call = { text: `c${calls.length}`, resend: random() < 0.5, settled: 'no', reply: '' }
    calls.push(call)
    client.sendCommand(call.text, { resend: call.resend, timeoutMs: 500 + random() * 5_000 }).then(
      (reply) => Object.assign(call, { settled: 'answered', reply }),
      (error: { outcome?: string }) =>
        Object.assign(call, {
          settled: { code: codeOf(error as Error) ?? 'none', outcome: error.outcome ?? '' },
        }),
    )
  }
  const announce = () => {
    const text = `m${sent.size}`
    sent.set(text, clock.wallNow())
    server.broadcast(text)
  }
  for (let done = 0; done < cuts; ) {
    await clock.run(random() * 60)
    const chance = random()
    if (chance < 0.6) ask()
    else if (chance < 0.95) announce()
    else {
      pair?.cut()
      done++
    }
  }
  await clock.run(60_000)
  const loginsOfHost = connection.statistics.logins
  await client.close()
  await clock.run(2_000)
  connection.close()
  await server.close()
  await clock.run(2_000)
  const isNamed = (at: number) => gaps.some(({ from, to }) => at >= from && at <= to)
  const missed = [...sent].filter(([text]) => !received.has(text))
  return {
    cuts,
    commands: calls.length,
    answered: calls.filter(({ settled }) => settled === 'answered').length,
    failed: failuresIn(calls),
    unsettled: calls.filter(({ settled }) => settled === 'no').length,
    wrong: calls.filter((call) => isWrong(call, executions.get(call.text) ?? 0)).length,
    messages: sent.size,
    received: received.size,
    receivedTwice: [...received.values()].filter((times) => times > 1).length,
    unnamed: missed.filter(([, at]) => !isNamed(at)).length,
    loginsOfHost,
    timersLeft: clock.timers,
  }
}

function isWrong({ text, resend, settled, reply }: Call, executions: number): boolean {
  if (!resend && executions > 1) return true
  if (settled === 'no') return false
  if (settled === 'answered') return reply !== `did ${text}` || executions === 0
  return (
    (settled.outcome === 'not-sent' && executions > 0) || (settled.outcome === 'executed' && executions === 0)
  )
}

function failuresIn(calls: readonly Call[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { settled } of calls) {
    if (typeof settled === 'string') continue
    const name = `${settled.code} ${settled.outcome}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
