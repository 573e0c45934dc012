import { idleStatistics } from '@bercon/core/kit'
import { beforeEach, expect, it } from 'vitest'
import { MemoryBus } from '../memory/memory-bus.js'
import { MemoryLeases } from '../memory/memory-leases.js'
import { MemoryServerList } from '../memory/memory-server-list.js'
import { subjectsOf } from '../wire/subjects.js'
import { type OwnedServer, readReport, type WorkerReport } from '../wire/worker-report.js'
import type { Tenure } from './tenure.js'
import { workerOptions } from './worker-options.js'
import { WorkerReports } from './worker-reports.js'

let sent: { readonly subject: string; readonly report: WorkerReport | undefined }[]
let reports: WorkerReports

beforeEach(() => {
  sent = []
  const bus = new MemoryBus()
  bus.publish = (subject, text) => {
    sent.push({ subject, report: readReport(text) })
    return true
  }
  const parts = { bus, leases: new MemoryLeases(6_000), servers: new MemoryServerList() }
  const options = workerOptions({ id: 'w1', capacity: 300, ...parts })
  reports = new WorkerReports(options, subjectsOf('games'), new Map([['altis', 7]]))
})

const serverOf = (index: number): OwnedServer => ({
  name: `server-${index}`,
  epoch: index,
  state: 'connected',
  address: '192.0.2.7',
  statistics: idleStatistics(),
})
const tenureOf = (report: OwnedServer | undefined) => ({ report }) as Tenure
const NEWS = {
  worker: 'w1',
  capacity: 300,
  owned: 1,
  leaseMs: 6_000,
  servers: [],
  released: [],
  leaves: false,
}

it('a worker reports itself, with what is new', () => {
  const released = [{ name: 'altis', epoch: 7 }]
  reports.send({ released })
  reports.send({ leaves: true })
  expect(sent).toEqual([
    { subject: 'games.workers.w1', report: { ...NEWS, released } },
    { subject: 'games.workers.w1', report: { ...NEWS, leaves: true } },
  ])
})

it.each([
  [0, [0]],
  [1, [1]],
  [100, [100]],
  [250, [100, 100, 50]],
])('reports all of %i servers, a hundred in a message', (count, counts) => {
  const servers = Array.from({ length: count }, (_, index) => serverOf(index))
  reports.sendAll([tenureOf(undefined), ...servers.map(tenureOf)])
  expect(sent.map(({ report }) => report?.servers.length)).toEqual(counts)
  expect(sent.flatMap(({ report }) => report?.servers ?? [])).toEqual(servers)
})

it('reports one server if it is owned', () => {
  for (const tenure of [undefined, tenureOf(undefined), tenureOf(serverOf(3))]) reports.sendOne(tenure)
  expect(sent.map(({ report }) => report)).toEqual([{ ...NEWS, servers: [serverOf(3)] }])
})
