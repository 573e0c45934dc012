// @ts-nocheck
import type { Simulator } from '@bercon/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { bans } from '../src/commands/bans.js'
import { missions } from '../src/commands/missions.js'
import { players } from '../src/commands/players.js'
import { FORMATS } from '../src/output/listing.js'
import { withClient } from '../src/server/connected.js'
import { bercon, serverEnv, start } from './bercon-process.js'
import { outputOf } from './output-of.js'
import { flagsFor, startSmallWorld } from './small-world.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
})
afterAll(() => simulator.close())
afterEach(() => {
  vi.unstubAllEnvs()
})

// A ban of 90 minutes has 89 left after its first second, and ends at its own time.
const atFirst = (output: string) =>
  output
    .replace(' 89 ', ' 90 ')
    .replace('1h 29min', '1h 30min')
    .replace(/20[-0-9T:]+Z/, 'AT_ITS_END')

it.each(FORMATS)('players keep their format %s', async (format) => {
  const { code, stdout, stderr } = await bercon(['players', '--format', format], {
    env: serverEnv(simulator.port),
  })
  expect([code, stderr]).toEqual([0, ''])
  await expect(stdout).toMatchFileSnapshot(`golden/players.${format}.txt`)
})

it.each(['bans', 'missions'])('%s are a table by default', async (command) => {
  const { code, stdout } = await bercon([command], { env: serverEnv(simulator.port) })
  expect(code).toBe(0)
  await expect(atFirst(stdout)).toMatchFileSnapshot(`golden/${command}.table.txt`)
})

describe.each([
  ['bans', bans],
  ['missions', missions],
] as const)('%s', (name, command) => {
  it.each(FORMATS)('keep their format %s', async (format) => {
    const flags = { ...flagsFor(simulator), format }
    const { code, stdout } = await outputOf((signal) => withClient(flags, signal, command))
    expect(code).toBe(0)
    await expect(atFirst(stdout)).toMatchFileSnapshot(`golden/${name}.${format}.txt`)
  })
})

describe('a table', () => {
  it('of 40 columns becomes a list, because no row fits', async () => {
    const env = { ...serverEnv(simulator.port), COLUMNS: '40' }
    const { stdout } = await bercon(['players'], { env })
    await expect(stdout).toMatchFileSnapshot('golden/players.40-columns.txt')
  })

  const shown = async (columns: number) => {
    vi.stubEnv('COLUMNS', String(columns))
    return (await outputOf((signal) => withClient(flagsFor(simulator), signal, players))).stdout
  }

  it('of 80 columns cuts columns that may be cut', async () => {
    await expect(await shown(80)).toMatchFileSnapshot('golden/players.80-columns.txt')
  })

  it('is as wide as it needs with --wide', async () => {
    vi.stubEnv('COLUMNS', '40')
    const flags = { ...flagsFor(simulator), wide: true }
    const { stdout } = await outputOf((signal) => withClient(flags, signal, players))
    await expect(stdout).toMatchFileSnapshot('golden/players.table.txt')
  })

  it('never lets a name control the terminal', async () => {
    expect(await shown(200)).not.toContain('\u001b')
  })
})

it('lists the admins, including this run', async () => {
  const { stdout } = await bercon(['admins', '--format', 'json'], { env: serverEnv(simulator.port) })
  expect(JSON.parse(stdout)).toContainEqual({
    id: expect.any(Number),
    ip: '127.0.0.1',
    port: expect.any(Number),
  })
})

it('a pipe that is closed early ends it quietly', async () => {
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
