import { AsyncRconClient } from '@bercon/client'
import { RconServer } from '@bercon/server'
import { percentiles } from '../report.js'
import { UdpProxy } from './udp-proxy.js'

/** Options of a run of commands over UDP. */
export interface CommandRunOptions {
  readonly seed: number
  readonly commands: number
  /** Loss in each direction. */
  readonly loss: number
  /** Number of concurrent callers. */
  readonly window: number
}

/** The result of the run. */
export interface CommandRunResult {
  readonly good: boolean
  readonly answered: number
  readonly failed: number
  readonly executedAgain: number
  readonly sent: number
  readonly resent: number
  readonly answerMs: Readonly<Record<string, number>>
}

/** Runs commands with different texts over real sockets and a proxy with every fault. */
export async function runCommands(options: CommandRunOptions): Promise<CommandRunResult> {
  const { seed, commands, loss, window } = options
  const executions = new Map<string, number>()
  const server = new RconServer({
    password: 'hunter2',
    announceLogins: false,
    recognizeRepeats: true,
    repeatWindowMs: 120_000,
    onCommand: (command) => {
      executions.set(command, (executions.get(command) ?? 0) + 1)
      return `reply to ${command}`
    },
  })
  const { port } = await server.listen({ port: 0 })
  const proxy = new UdpProxy(port, {
    seed,
    loss,
    repeat: 0.05,
    reorder: 0.1,
    reorderMs: 20,
    corrupt: 0.01,
    minDelayMs: 1,
    maxDelayMs: 10,
  })
  const client = new AsyncRconClient({ playersIntervalMs: 0 })
  const times: number[] = []
  let asked = 0
  let answered = 0
  let failed = 0
  const ask = async () => {
    while (asked < commands) {
      const text = `command ${asked++}`
      const start = performance.now()
      const reply = await client.sendCommand(text, { resend: true, timeoutMs: 60_000 }).catch(() => undefined)
      times.push(performance.now() - start)
      if (reply === `reply to ${text}`) answered++
      else failed++
    }
  }
  try {
    await client.connect('127.0.0.1', await proxy.listen(), 'hunter2')
    await Promise.all(Array.from({ length: window }, ask))
    const executedAgain = [...executions.values()].filter((count) => count > 1).length
    const { sent, resent } = client.statistics
    const good = answered === commands && failed === 0 && executions.size === commands
    return { good, answered, failed, executedAgain, sent, resent, answerMs: percentiles(times) }
  } finally {
    await client.close()
    proxy.close()
    await server.close()
  }
}
