import { expect, it } from 'vitest'
import { Limiter } from './limiter.js'

it('lets so many run at a time, and the others in the order of asking', async () => {
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

it('gives the place of a task that failed to the next', async () => {
  const limiter = new Limiter(1)
  await expect(limiter.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  await expect(limiter.run(async () => 'done')).resolves.toBe('done')
})
