import { describe, expect, it } from 'vitest'
import type { EndedProcess } from '../ended-process.js'
import { judge } from './verdict.js'

const GOOD: EndedProcess = {
  output: 'ok\n3 passed, 0 failed\n',
  code: 0,
  ms: 900,
  lingeredMs: 20,
  isTooLate: false,
}

describe('a job is good', () => {
  it('if tests passed, none failed, and it ended by itself', () => {
    expect(judge(GOOD)).toEqual({ isGood: true, words: '3 passed, 0 failed' })
  })

  it('by its last line, whatever it printed before', () => {
    const output = '0 passed, 9 failed\nagain\n1771 passed, 0 failed, 0 skipped\n'
    expect(judge({ ...GOOD, output })).toEqual({ isGood: true, words: '1771 passed, 0 failed' })
  })
})

describe('a job is not good', () => {
  it.each<[string, Partial<EndedProcess>, string]>([
    ['when something failed', { output: '2 passed, 1 failed\n', code: 1 }, '2 passed, 1 failed'],
    ['when nothing was tried', { output: '0 passed, 0 failed\n' }, '0 passed, 0 failed'],
    [
      'when it says nothing',
      { output: 'Segmentation fault\n', code: 139 },
      'ended with 139, and said nothing',
    ],
    ['when it is killed', { output: '', code: undefined }, 'ended with a signal, and said nothing'],
    ['when it is too slow', { output: 'ok\n', isTooLate: true }, 'not done in time'],
    ['when it never ends', { isTooLate: true }, '3 passed, 0 failed, but did not end by itself'],
    ['when it ends late', { lingeredMs: 30_000 }, '3 passed, 0 failed, but ended only 30.0 s later'],
    ['when it ends badly', { code: 7 }, '3 passed, 0 failed, but ended with 7'],
  ])('%s', (_, change, words) => {
    expect(judge({ ...GOOD, ...change })).toEqual({ isGood: false, words })
  })
})
