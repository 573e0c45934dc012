// @ts-nocheck
import { VirtualClock } from '@bercon/protocol/testing'
import { describe, expect, it } from 'vitest'
import { type CaseResult, runServerCases } from '../src/run-cases.js'
import { SERVER_CASES } from '../src/server-kit/server-cases.js'
import { MemoryNetwork } from './memory-network.js'
import { openServer, SERVER_PASSWORD, type ServerTwist } from './server-peer.js'
import { WRONG_SERVERS } from './wrong-servers.js'

const HOUR_MS = 3_600_000

async function tryServer(twist: ServerTwist = {}): Promise<readonly CaseResult[]> {
  const clock = new VirtualClock()
  const network = new MemoryNetwork(clock)
  const endpoint = openServer(network, clock, twist)
  const server = { endpoint: { ...endpoint }, password: SERVER_PASSWORD }
  const running = runServerCases(server, {
    clock,
    openSocket: network.openSocket,
    allow: ['time', 'change', 'concurrency'],
  })
  await clock.run(HOUR_MS)
  return running
}

const wrongIn = (results: readonly CaseResult[]) =>
  results.filter(({ verdict }) => verdict === 'wrong').map(({ id }) => id)

describe('the cases about a server', () => {
  it('find nothing wrong in a right server, and see everything', async () => {
    const results = await tryServer()
    expect(results.filter(({ verdict }) => verdict === 'wrong' || verdict === 'unseen')).toEqual([])
    expect(results.length).toBe(SERVER_CASES.length)
  })

  it.each(WRONG_SERVERS)(
    'find the server that $does, by its cases and no other',
    async ({ twist, caughtBy }) => {
      expect(wrongIn(await tryServer(twist)).sort()).toEqual([...caughtBy].sort())
    },
  )

  it('of the level must are each failed by one of the wrong servers', () => {
    const caught = new Set(WRONG_SERVERS.flatMap(({ caughtBy }) => caughtBy))
    const never = SERVER_CASES.filter(({ id, level }) => level === 'must' && !caught.has(id)).map(
      ({ id }) => id,
    )
    expect(never).toEqual([])
  })
})
