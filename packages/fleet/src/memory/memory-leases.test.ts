import { settled, VirtualClock } from '@bercon/core/testing'
import { beforeEach, expect, it } from 'vitest'
import type { Lease, LeaseChange } from '../leases.js'
import { MemoryLeases } from './memory-leases.js'

let clock: VirtualClock
let leases: MemoryLeases
let changes: LeaseChange[]

beforeEach(async () => {
  clock = new VirtualClock()
  leases = new MemoryLeases(6_000, clock)
  changes = []
  leases.watch((change) => changes.push(change))
  await settled()
})

async function taken(owner = 'w1'): Promise<Lease> {
  const lease = await leases.take('altis', owner)
  if (lease === undefined) throw new Error('it is held')
  return lease
}

it('a lease is held by one owner, until it is released', async () => {
  const lease = await taken()
  expect(await leases.take('altis', 'w2')).toBeUndefined()
  await leases.release(lease)
  const next = await taken('w2')
  expect(next.epoch).toBeGreaterThan(lease.epoch)
})

it('a lease expires when it is not renewed, and not before', async () => {
  const lease = await taken()
  await clock.run(5_999)
  expect(await leases.renew(lease)).toBe(true)
  await clock.run(5_999)
  expect(await leases.take('altis', 'w2')).toBeUndefined()
  await clock.run(1)
  expect(await leases.renew(lease)).toBe(false)
  expect(await leases.take('altis', 'w2')).toBeDefined()
})

it('who takes a lease of their own again has a new epoch, and the earlier lease has no effect', async () => {
  const first = await taken()
  const second = await taken()
  expect(second.epoch).toBeGreaterThan(first.epoch)
  await leases.release(first)
  expect(await leases.renew(first)).toBe(false)
  expect(await leases.renew(second)).toBe(true)
})

it('a watch reports what is held, that it is complete, and each change', async () => {
  const lease = await taken()
  const late: LeaseChange[] = []
  leases.watch((change) => late.push(change))
  await leases.release(lease)
  await settled()
  expect(changes).toEqual([{ type: 'complete' }, { type: 'held', lease }, { type: 'free', server: 'altis' }])
  expect(late).toEqual([{ type: 'held', lease }, { type: 'complete' }, { type: 'free', server: 'altis' }])
})

it('a watch that has ended hears nothing more, not even what was on its way', async () => {
  const lease = await taken()
  const [heard, never]: [LeaseChange[], LeaseChange[]] = [[], []]
  const end = leases.watch((change) => heard.push(change))
  leases.watch((change) => never.push(change))()
  await settled()
  await leases.renew(lease)
  const released = leases.release(lease)
  end()
  await released
  await taken('w2')
  await settled()
  expect([heard, never]).toEqual([[{ type: 'held', lease }, { type: 'complete' }], []])
})
