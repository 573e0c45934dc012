import type { Simulator } from '@bercon/server/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bercon, serverEnv } from './bercon-process.js'
import { startSmallWorld } from './small-world.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
})
afterAll(() => simulator.close())

it('carries out line after line, takes names for numbers, and leaves at the end', async () => {
  const { code, stdout } = await bercon(['shell'], {
    env: serverEnv(simulator.port),
    input: 'version\nplayers\nkick Rook afk\nkick Nobody\ndance\n/nope\n/quit\nsay -1 never\n',
  })
  expect(code).toBe(0)
  expect(stdout).toContain('1.217\n')
  expect(stdout).toContain('sent: kick 0 afk\n')
  expect(stdout).toContain('Player #0 Rook (')
  expect(stdout).toContain('not sent: nobody has that name')
  expect(stdout).toContain('"dance" is unknown to the server')
  expect(stdout).toContain('there is no /nope')
  expect(stdout).not.toContain('never')
})
