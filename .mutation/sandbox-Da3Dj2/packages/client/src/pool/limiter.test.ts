// @ts-nocheck
import { Cancellation } from '@bercon/core/kit'
import { settled } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { Limiter } from './limiter.js'

it('runs up to the limit at a time, and the others in the order of the calls', async () => {
  const limiter = new Limiter(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const tasks = [0, 1, 2, 3].map((task) =>
    limiter.run(() => {
      begun.push(task)
      return new Promise<void>((resolve) => ends.push(resolve))
    }),
  )
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[1]?.()
  await tasks[1]
  await Promise.resolve()
  expect(begun).toEqual([0, 1, 2])
  ends[0]?.()
  await tasks[0]
  await Promise.resolve()
  expect(begun).toEqual([0, 1, 2, 3])
})

it('lets the next task run when one fails', async () => {
  const limiter = new Limiter(1)
  await expect(limiter.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  await expect(limiter.run(async () => 'done')).resolves.toBe('done')
})

/** Tasks that end on demand, and their signals. */
function newTasks(limiter: Limiter, count: number) {
  const begun: number[] = []
  const tasks = Array.from({ length: count }, (_, index) => {
    const signal = new Cancellation()
    let end: () => void = () => {}
    const ended = new Promise<string>((resolve) => {
      end = () => resolve('done')
    })
    const outcome = limiter
      .run(() => {
        begun.push(index)
        return ended
      }, signal)
      .catch((reason: unknown) => reason)
    return { signal, end, outcome }
  })
  const task = (index: number) => tasks[index] ?? expect.unreachable()
  return { begun, task }
}

describe('a signal', () => {
  it('removes a waiting task from the queue at once', async () => {
    const { begun, task } = newTasks(new Limiter(1), 3)
    task(1).signal.abort('changed my mind')
    expect(await task(1).outcome).toBe('changed my mind')
    task(0).end()
    await task(0).outcome
    await settled()
    expect(begun).toEqual([0, 2])
  })

  it('frees the place of a running task once, even if the task ends later', async () => {
    const { begun, task } = newTasks(new Limiter(1), 3)
    task(0).signal.abort('too long')
    expect(await task(0).outcome).toBe('too long')
    await settled()
    expect(begun).toEqual([0, 1])
    task(0).end()
    await settled()
    expect(begun).toEqual([0, 1])
  })

  it('that aborts all tasks starts none of those that wait', async () => {
    const { begun, task } = newTasks(new Limiter(1), 3)
    for (const index of [0, 1, 2]) task(index).signal.abort('closed')
    await settled()
    expect(begun).toEqual([0])
  })

  it('that is already aborted starts no task', async () => {
    const signal = new Cancellation()
    signal.abort('closed')
    const run = new Limiter(1).run(() => expect.unreachable(), signal)
    await expect(run).rejects.toBe('closed')
  })
})
