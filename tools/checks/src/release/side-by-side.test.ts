import { expect, it } from 'vitest'
import { sideBySide } from './side-by-side.js'

it('results come in the order of the items, whatever the order of the work, and no more run at once than may', async () => {
  const ends: (() => void)[] = []
  const results = sideBySide(2, ['a', 'b', 'c'], async (item) => {
    await new Promise<void>((resolve) => ends.push(resolve))
    return item.toUpperCase()
  })
  expect(ends).toHaveLength(2)
  ends[1]?.()
  await Promise.resolve()
  while (ends.length < 3) await Promise.resolve()
  ends[2]?.()
  ends[0]?.()
  expect(await results).toEqual(['A', 'B', 'C'])
})
