import { ClientSession, type ClientStatistics } from '@bercon/protocol'
import { expect, it } from 'vitest'
import { addStatistics, idleStatistics, StatisticsTotal } from './connection-statistics.js'

const COUNTERS = [
  'sent',
  'resent',
  'received',
  'repeated',
  'malformed',
  'unexpected',
  'acknowledged',
] as const

/** The statistics of a session in which each counter has its own value. */
function session(factor: number, rest: Partial<ClientStatistics> = {}): ClientStatistics {
  const counters = Object.fromEntries(COUNTERS.map((name, index) => [name, factor * (index + 1)]))
  return { ...new ClientSession().statistics, ...counters, ...rest }
}

const sums = (factor: number) =>
  Object.fromEntries(COUNTERS.map((name, index) => [name, factor * (index + 1)]))

it('the counters of all logins are added, and the measurements are of the present one', () => {
  const total = new StatisticsTotal()
  total.countLogin()
  total.keep(session(100, { inFlight: 3, smoothedRoundTripMs: 40 }))
  total.keep(session(10, { inFlight: 2 }))
  total.countLogin()
  const all = total.with(session(1, { inFlight: 1, queued: 5, partsBytes: 6, smoothedRoundTripMs: 20 }))
  expect(all).toMatchObject({ ...sums(111), logins: 2 })
  expect(all).toMatchObject({ inFlight: 1, queued: 5, partsBytes: 6, smoothedRoundTripMs: 20 })
  expect(total.with(session(2))).toMatchObject(sums(112))
})

it('the statistics of two connections are added', () => {
  const [earlier, present] = [new StatisticsTotal(), new StatisticsTotal()]
  earlier.countLogin()
  for (let login = 0; login < 3; login++) present.countLogin()
  const added = addStatistics(present.with(session(1, { inFlight: 4 })), earlier.with(session(20)))
  expect(added).toMatchObject({ ...sums(21), logins: 4, inFlight: 4 })
})

it('a connection that was never opened has sent nothing', () => {
  expect(idleStatistics()).toMatchObject({ ...sums(0), logins: 0, inFlight: 0, queued: 0 })
})
