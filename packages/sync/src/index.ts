/// <reference lib="esnext.disposable" preserve="true" />

export * from '@bercon/core'
export { EventLoop, type EventLoopOptions } from './event-loop.js'
export type { AnyEvent } from './event-names.js'
export { type SyncRconClientOptions, WORKER_DEFAULTS, type WorkerOptions } from './sync-options.js'
export { SyncRconClient, type SyncWaitOptions } from './sync-rcon-client.js'
export type { SyncStatistics } from './sync-statistics.js'
