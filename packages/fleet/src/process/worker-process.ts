import { InvalidArgumentError } from '@bercon/client'
import { connectFleet } from '../nats/connect-fleet.js'
import { FleetWorker } from '../worker/fleet-worker.js'
import type { WorkerEvent } from '../worker/worker-event.js'
import type { Asked } from './command-line.js'
import { readFleetFile } from './fleet-file.js'

/** Runs a worker until the promise that `ended` returns resolves; then it hands its servers over. */
export async function runWorker(
  { path, id, isVerbose }: Extract<Asked, { type: 'worker' }>,
  note: (line: string) => void,
  ended: Promise<string>,
): Promise<void> {
  const { connection, worker: settings } = await readFleetFile(path)
  const named = id ?? settings.id
  if (named === undefined)
    throw new InvalidArgumentError(
      'worker.id',
      undefined,
      'the name of this worker',
      'The worker has no id; write id into [worker] of the file, or pass --id',
    )
  // So that the monitor of NATS says which worker is connected where.
  const fleet = await connectFleet({ ...connection, nats: { name: named, ...connection.nats } })
  const { bus, leases, servers } = fleet
  const onEvent = (event: WorkerEvent) => {
    if (event.type !== 'command' || isVerbose) note(lineOf(event))
  }
  const prefix = connection.prefix === undefined ? {} : { prefix: connection.prefix }
  const worker = new FleetWorker({ ...settings, ...prefix, id: named, bus, leases, servers, onEvent })
  worker.start()
  note(`${named}: started`)
  note(`${await ended}: handing ${worker.owned.size} servers over`)
  await worker.stop()
  await fleet.close()
  note(`${named}: stopped`)
}

function lineOf(event: WorkerEvent): string {
  switch (event.type) {
    case 'taken':
      return `${event.server}: taken (epoch ${event.epoch})`
    case 'ended':
      return `${event.server}: ${event.reason} (epoch ${event.epoch})`
    case 'command':
      return `${event.server}: ${event.user}: ${event.text}`
    case 'dropped':
      return `${event.server}: ${event.count} events dropped`
    default:
      return `${event.server}: ${event.during}: ${event.error instanceof Error ? event.error.message : event.error}`
  }
}
