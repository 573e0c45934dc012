// @ts-nocheck
/// <reference lib="esnext.disposable" preserve="true" />

export * from '@bercon/core'
export type { SyncStatistics } from './caller/blocking-connection.js'
export { EventLoop, type EventLoopOptions } from './caller/event-loop.js'
export { type SyncRconClientOptions, WORKER_DEFAULTS, type WorkerOptions } from './caller/sync-options.js'
export type { AnyEvent } from './caller/sync-rcon-client.js'
export { Ban, Player, SyncRconClient, type SyncWaitOptions } from './caller/sync-rcon-client.js'
