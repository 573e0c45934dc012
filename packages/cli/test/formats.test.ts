import type { Simulator } from '@bercon/server/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bercon, serverEnv, start } from './bercon-process.js'
import { startSmallWorld } from './small-world.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
})
afterAll(() => simulator.close())

const FORMATS = ['table', 'json', 'ndjson', 'csv', 'md', 'raw', 'html']

describe.each(['players', 'bans', 'missions'])('%s', (command) => {
  it('is written in every format as it always was', async () => {
    const outcomes = await Promise.all(
      FORMATS.map((format) => bercon([command, '--format', format], { env: serverEnv(simulator.port) })),
    )
    for (const [index, { code, stdout, stderr }] of outcomes.entries()) {
      expect([code, stderr]).toEqual([0, ''])
      // A ban of 90 minutes has 89 left after its first second.
      await expect(stdout.replace('89', '90')).toMatchFileSnapshot(`golden/${command}.${FORMATS[index]}.txt`)
    }
  })
})

describe('a table', () => {
  const shown = async (columns: number) => {
    const { stdout } = await bercon(['players'], {
      env: { ...serverEnv(simulator.port), COLUMNS: String(columns) },
    })
    return stdout
  }

  it('of 40 columns lists what no row has room for below each other', async () => {
    await expect(await shown(40)).toMatchFileSnapshot('golden/players.40-columns.txt')
  })

  it('of 80 columns cuts what may be cut', async () => {
    await expect(await shown(80)).toMatchFileSnapshot('golden/players.80-columns.txt')
  })

  it('never lets a name control the terminal', async () => {
    expect(await shown(200)).not.toContain('\u001b')
  })
})

it('the admins are listed, this run with them', async () => {
  const { stdout } = await bercon(['admins', '--format', 'json'], { env: serverEnv(simulator.port) })
  expect(JSON.parse(stdout)).toContainEqual({
    id: expect.any(Number),
    ip: '127.0.0.1',
    port: expect.any(Number),
  })
})

it('whoever closes the pipe early ends it quietly', async () => {
  const child = start(['exec', '--format', 'ndjson', '-'], serverEnv(simulator.port))
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve([code, signal])))
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  child.stdin.on('error', () => {})
  child.stdin.write('players\n')
  child.stdout.once('data', () => {
    child.stdout.destroy()
    child.stdin.write('players\nplayers\n')
  })
  expect(await ended).toEqual([0, null])
  expect(stderr).toBe('')
})
