import { Deferred } from '@bercon/core/kit'
import type { KV } from '@nats-io/kv'
import type { Status } from '@nats-io/transport-node'
import { expect, it, onTestFinished, vi } from 'vitest'
import { NatsLeases } from './nats-leases.js'
import { NatsLink } from './nats-link.js'

const CREATED_AT = 1_000_000

/** Leases over a bucket that answers when the test says so, and over a connection that breaks when it says so. */
function start() {
  const statuses: Status[] = []
  let wake = () => {}
  const link = new NatsLink({
    isClosed: () => false,
    status: async function* () {
      for (;;) {
        yield* statuses.splice(0)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  })
  const become = async (...types: readonly ('disconnect' | 'reconnect')[]) => {
    for (const type of types) statuses.push({ type, server: 'nats' })
    wake()
    await new Promise(setImmediate)
  }
  const asked: Deferred<number>[] = []
  const put = () => {
    const answer = new Deferred<number>()
    asked.push(answer)
    return answer.promise
  }
  const bucket = { put } as unknown as KV
  let opened = 0
  const leases = new NatsLeases(6_000, link, async () => ({ bucket, createdAt: CREATED_AT + opened++ }))
  const answer = async (said: number | Error) => {
    await new Promise(setImmediate)
    const answer = asked.shift()
    if (said instanceof Error) answer?.reject(said)
    else answer?.resolve(said)
  }
  return { leases, become, answer }
}

it('counts an epoch from the creation of the bucket that has the lease', async () => {
  const { leases, become, answer } = start()
  const first = leases.take('altis', 'w1')
  await answer(7)
  expect((await first)?.epoch).toBe(CREATED_AT * 1_000 + 7)
  await become('disconnect', 'reconnect')
  const second = leases.take('altis', 'w1')
  await answer(1)
  expect((await second)?.epoch).toBe((CREATED_AT + 1) * 1_000 + 1)
})

it('takes and renews nothing with an answer that comes after a break: the bucket may be another one by then', async () => {
  const { leases, become, answer } = start()
  const taken = leases.take('altis', 'w1')
  const refused = expect(taken).rejects.toThrow('lost meanwhile')
  await new Promise(setImmediate)
  await become('disconnect', 'reconnect')
  await answer(1)
  await refused
  const again = leases.take('altis', 'w1')
  await answer(2)
  const lease = await again
  if (lease === undefined) throw new Error('it is held')
  expect(lease.epoch).toBe((CREATED_AT + 1) * 1_000 + 2)
  const renewed = expect(leases.renew(lease)).rejects.toThrow('lost meanwhile')
  await new Promise(setImmediate)
  await become('disconnect', 'reconnect')
  await answer(3)
  await renewed
})

it('opens the bucket again when a revision is no later than one before: somebody has deleted it and created another', async () => {
  const { leases, answer } = start()
  const first = leases.take('altis', 'w1')
  await answer(7)
  const epoch = (await first)?.epoch ?? 0
  const second = expect(leases.take('tanoa', 'w1')).rejects.toThrow('lost meanwhile')
  await answer(7)
  await second
  const third = leases.take('tanoa', 'w1')
  await answer(2)
  expect((await third)?.epoch).toBe((CREATED_AT + 1) * 1_000 + 2)
  expect((await third)?.epoch).toBeGreaterThan(epoch)
})

it('opens the bucket again when nobody answers for it', async () => {
  const { leases, answer } = start()
  const deleted = Object.assign(new Error('jetstream is not enabled'), { name: 'JetStreamNotEnabled' })
  const first = expect(leases.take('altis', 'w1')).rejects.toThrow(deleted.message)
  await answer(deleted)
  await first
  const second = leases.take('altis', 'w1')
  await answer(1)
  expect((await second)?.epoch).toBe((CREATED_AT + 1) * 1_000 + 1)
})

it('gives up a bucket that does not answer while a cluster has no leader, and asks again', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const link = new NatsLink({ isClosed: () => false, status: async function* () {} })
  const bucket = { put: async () => 1 } as unknown as KV
  let asked = 0
  const leases = new NatsLeases(6_000, link, () =>
    asked++ === 0 ? new Promise(() => {}) : Promise.resolve({ bucket, createdAt: CREATED_AT }),
  )
  const first = expect(leases.take('altis', 'w1')).rejects.toThrow('cannot be reached')
  await vi.advanceTimersByTimeAsync(2_000)
  await first
  expect(await leases.take('altis', 'w1')).toBeDefined()
  expect(asked).toBe(2)
})
