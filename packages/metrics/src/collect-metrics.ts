import { channel } from 'node:diagnostics_channel'
import { type CommandTrace, MESSAGE_EVENTS } from '@bercon/client'
import type { Registry } from 'prom-client'
import { Instruments } from './instruments.js'
import { MeteredSource } from './metered-source.js'
import { type MetricsSource, serversOf } from './metrics-source.js'

/** Options of {@link collectMetrics}. */
export interface MetricsOptions {
  /**
   * The label `server` of a client that is measured alone; the servers of a pool or a gateway have names.
   * @default 'default'
   */
  readonly server?: string | undefined
}

const instrumentsOf = new WeakMap<Registry, Instruments>()
// The step of the tracing channel at which a command has its outcome.
const COMMAND_ENDED = 'tracing:bercon:command:asyncEnd'

/**
 * Measures a client, an `RconPool` or a gateway into a registry of prom-client, until the function that it returns is
 * called. Servers that a pool adds later are measured too, and those that it removes are forgotten. Several sources can
 * share a registry as long as no two servers have the same name.
 *
 * @throws {@link InvalidArgumentError} for what is no such source, or a registry that has a metric of one of these names
 * from elsewhere.
 * @example
 * ```ts
 * import { RconPool } from '@bercon/client'
 * import { collectMetrics } from '@bercon/metrics'
 * import { Registry } from 'prom-client'
 *
 * const pool = new RconPool()
 * const registry = new Registry()
 * collectMetrics(pool, registry)
 * const text = await registry.metrics()
 * console.log(text.includes('bercon_players')) // true
 * await pool.close()
 * ```
 */
export function collectMetrics(
  source: MetricsSource,
  registry: Registry,
  options: MetricsOptions = {},
): () => void {
  const metered = new MeteredSource(serversOf(source, options.server ?? 'default'))
  const instruments = instrumentsOf.get(registry) ?? new Instruments(registry)
  instrumentsOf.set(registry, instruments)
  instruments.add(metered)
  const stops = MESSAGE_EVENTS.map((type) =>
    metered.servers.listen(type, ({ server }) => instruments.countMessage(server, type)),
  )
  const onEnd = (message: unknown) => {
    const { client, outcome = 'unknown', elapsedMs = 0 } = message as CommandTrace
    const server = metered.serverOf(client)
    if (server !== undefined) instruments.countCommand(server, outcome, elapsedMs)
  }
  channel(COMMAND_ENDED).subscribe(onEnd)
  return () => {
    channel(COMMAND_ENDED).unsubscribe(onEnd)
    for (const stop of stops) stop()
    if (!instruments.remove(metered)) instrumentsOf.delete(registry)
  }
}
