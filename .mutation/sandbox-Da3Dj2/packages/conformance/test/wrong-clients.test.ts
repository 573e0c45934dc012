// @ts-nocheck
import { VirtualClock } from '@bercon/protocol/testing'
import { describe, expect, it } from 'vitest'
import { CLIENT_CASES } from '../src/client-kit/client-cases.js'
import { type CaseResult, runClientCases } from '../src/run-cases.js'
import { memoryClient, type WrongWays } from './client-peer.js'
import { MemoryNetwork } from './memory-network.js'
import { WRONG_CLIENTS } from './wrong-clients.js'

const HOUR_MS = 3_600_000

async function tryClient(ways: WrongWays = {}): Promise<readonly CaseResult[]> {
  const clock = new VirtualClock()
  const network = new MemoryNetwork(clock)
  const { openSocket } = network
  const start = memoryClient(network, clock, ways)
  const running = runClientCases(start, {
    clock,
    openSocket,
    allow: ['time', 'change', 'concurrency'],
    atOnce: 100,
  })
  await clock.run(HOUR_MS)
  return running
}

const wrongIn = (results: readonly CaseResult[]) =>
  results.filter(({ verdict }) => verdict === 'wrong').map(({ id }) => id)

describe('the cases about a client', () => {
  it('find nothing wrong in a right client, and see everything', async () => {
    const results = await tryClient()
    expect(results.filter(({ verdict }) => verdict === 'wrong' || verdict === 'unseen')).toEqual([])
    expect(results.length).toBe(CLIENT_CASES.length)
  })

  it.each(WRONG_CLIENTS)(
    'find the client that $does, by its cases and no other',
    async ({ ways, caughtBy }) => {
      expect(wrongIn(await tryClient(ways)).sort()).toEqual([...caughtBy].sort())
    },
  )

  it('of the level must are each failed by one of the wrong clients', () => {
    const caught = new Set(WRONG_CLIENTS.flatMap(({ caughtBy }) => caughtBy))
    const never = CLIENT_CASES.filter(({ id, level }) => level === 'must' && !caught.has(id)).map(
      ({ id }) => id,
    )
    expect(never).toEqual([])
  })
})
