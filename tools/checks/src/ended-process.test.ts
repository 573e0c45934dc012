import { expect, it } from 'vitest'
import { runToEnd } from './ended-process.js'

const run = (program: string, limitMs: number) => runToEnd([process.execPath, '-e', program], limitMs)

it('a process is told of by what it printed to both streams, and by its code', async () => {
  const ended = await run("console.log('out'); console.error('error'); process.exitCode = 3", 30_000)
  expect(ended).toMatchObject({ code: 3, isTooLate: false })
  expect(ended.output.split('\n').sort()).toEqual(['', 'error', 'out'])
})

it('one that goes on after its time is ended, with whatever it has started', async () => {
  const child =
    "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], "
  // The child holds the streams open: nothing is told before it is gone too.
  const ended = await run(`${child}{ stdio: 'inherit' }); setInterval(() => {}, 1_000)`, 500)
  expect(ended).toMatchObject({ code: undefined, isTooLate: true })
})

it('a command that is not there is told of as one that fails', async () => {
  const ended = await runToEnd(['no-such-command-at-all'], 30_000)
  expect(ended).toMatchObject({ code: undefined, isTooLate: false })
  expect(ended.output).toContain('ENOENT')
})
