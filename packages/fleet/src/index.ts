export type { Answer, Bus, BusMessage, BusReply, RequestOptions } from './bus.js'
export type { Owner } from './directory/fleet-connection.js'
export {
  FleetDirectory,
  type FleetDirectoryOptions,
  type FleetDirectorySettings,
} from './directory/fleet-directory.js'
export type { WhenUnowned } from './directory/fleet-exchange.js'
export type { Lease, LeaseChange, Leases } from './leases.js'
export { MemoryBus } from './memory/memory-bus.js'
export { MemoryLeases } from './memory/memory-leases.js'
export { MemoryServerList, type NewFleetServer } from './memory/memory-server-list.js'
export type { FleetGame, FleetServer, ListChange, ServerList } from './server-list.js'
export { FleetWorker } from './worker/fleet-worker.js'
export type { WorkerEvent } from './worker/worker-event.js'
export type { FleetWorkerOptions, FleetWorkerParts, FleetWorkerSettings } from './worker/worker-options.js'
