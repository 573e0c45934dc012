// @ts-nocheck
export { collectMetrics, type MetricsOptions } from './collect-metrics.js'
export type { GatewaySource, MeteredClient, MeteredServers, MetricsSource } from './metrics-source.js'
