// @ts-nocheck
export type { CaseNeed, ConformanceCase, RuleLevel, Verdict } from './case.js'
export {
  type ClientOrder,
  type ClientReport,
  type ClientUnderTest,
  readReport,
  type StartClient,
} from './client-kit/adapter.js'
export { adapterProcess } from './client-kit/adapter-process.js'
export { CLIENT_CASES } from './client-kit/client-cases.js'
export type { ClientCase } from './client-kit/client-world.js'
export type { DatagramSender, LoggedDatagram } from './packet-log.js'
export type { OnDatagram, OpenProbeSocket, PeerAddress, ProbeSocket } from './probe-socket.js'
export { detailsOf, hasFailed, lineOf, summaryOf } from './report.js'
export { type CaseResult, type RunOptions, runClientCases, runServerCases } from './run-cases.js'
export { SERVER_CASES } from './server-kit/server-cases.js'
export type { ServerCase, ServerUnderTest } from './server-kit/server-world.js'
