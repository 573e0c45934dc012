import { collectMetrics, type MeteredServers } from '@bercon/metrics'
import { Registry } from 'prom-client'

/** The metrics of a pool as text, until `stop`. */
export interface MetricsText {
  read(): Promise<{ readonly contentType: string; readonly text: string }>
  stop(): void
}

/** Measures a pool in a registry of its own. */
export function metricsText(pool: MeteredServers): MetricsText {
  const registry = new Registry()
  const stop = collectMetrics(pool, registry)
  return {
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    stop,
  }
}
