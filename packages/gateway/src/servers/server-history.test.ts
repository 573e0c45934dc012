import { VirtualClock } from '@bercon/protocol/testing'
import { expect, it } from 'vitest'
import { ServerHistory } from './server-history.js'
import type { ServerList } from './server-list.js'

const HOURS_MS = 3_600_000

function scene() {
  const clock = new VirtualClock()
  const server = {
    name: 'altis',
    game: 'arma3',
    client: {
      players: [{}, {}],
      isConnected: () => true,
      statistics: { resent: 5, smoothedRoundTripMs: 40 },
    },
  }
  let all = [server]
  const servers = { all: () => all } as unknown as ServerList
  return { clock, server, history: new ServerHistory(servers, clock), remove: () => (all = []) }
}

it('takes a sample every 30 s, with the repeats since the sample before', async () => {
  const { clock, server, history } = scene()
  await clock.advance(30_000)
  server.client.statistics.resent = 12
  await clock.advance(29_999)
  expect(
    history.of('altis').map(({ players, roundTripMs, resent }) => ({ players, roundTripMs, resent })),
  ).toEqual([{ players: 2, roundTripMs: 40, resent: 0 }])
  await clock.advance(1)
  expect(history.of('altis').map(({ resent }) => resent)).toEqual([0, 7])
})

it('keeps six hours, and nothing of a server that is no longer there', async () => {
  const { clock, history, remove } = scene()
  await clock.advance(10 * HOURS_MS)
  const samples = history.of('altis')
  expect(samples.length).toBe(720)
  expect((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0)).toBe(719 * 30_000)
  remove()
  await clock.advance(30_000)
  expect(history.of('altis')).toEqual([])
})

it('shows no players and no round trip while there is no login, and takes none once it is stopped', async () => {
  const { clock, server, history } = scene()
  server.client.isConnected = () => false
  await clock.advance(30_000)
  expect(history.of('altis')).toMatchObject([{ players: null, roundTripMs: null }])
  history.stop()
  await clock.advance(HOURS_MS)
  expect(history.of('altis').length).toBe(1)
})
