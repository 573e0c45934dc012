import { createInterface } from 'node:readline'
import { RconServer } from '@bercon/server'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exec } from '../src/commands/exec.js'
import { withClient } from '../src/server/connected.js'
import { bercon, PASSWORD, serverEnv, start } from './bercon-process.js'
import { outputOf } from './output-of.js'
import { flagsFor } from './small-world.js'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
})
afterEach(() => simulator.close())

it('runs commands from standard input, one per line, and shows no password', async () => {
  const { stdout } = await bercon(['exec', '--format', 'ndjson'], {
    env: serverEnv(simulator.port),
    input: 'version\n\nrconpassword open-sesame\n',
  })
  const lines = stdout.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).command)).toEqual(['version', 'RConPassword …'])
})

it('reports an error outside the work in plain words, without a warning', async () => {
  const warned = vi.spyOn(process, 'emitWarning')
  const { code, stderr } = await outputOf((signal) =>
    withClient(flagsFor(simulator), signal, async (connected) => {
      connected.client.listen('command', () => {
        throw new Error('no room')
      })
      return exec(['version'], {})(connected)
    }),
  )
  expect([code, stderr]).toEqual([0, 'bercon: failed during "command": no room\n'])
  expect(warned).not.toHaveBeenCalled()
  warned.mockRestore()
})

it('decodes replies that are not UTF-8 with the configured encoding', async () => {
  const reply = () => Uint8Array.of(0xc8, 0xe2, 0xe0, 0xed)
  const server = new RconServer({ password: PASSWORD, onCommand: reply })
  const { port } = await server.listen()
  const env = { ...serverEnv(port), RCON_ENCODING: 'windows-1251' }
  const { stdout } = await bercon(['exec', 'version'], { env })
  expect(stdout).toContain('Иван')
  const refused = await bercon(['exec', '--encoding', 'nope', 'version'], { env })
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('TextDecoder supports') })
  await server.close()
})

describe('with --every', () => {
  const args = ['exec', '--every', '0.01', '--pause', '0.01', 'version', 'bans']
  const answers = ['> version', '1.217', '> bans']

  it('runs all commands as often as --times says', async () => {
    const { code, stdout } = await bercon([...args, '--times', '3'], { env: serverEnv(simulator.port) })
    expect(code).toBe(0)
    expect(stdout.split('\n').filter((line) => answers.includes(line))).toEqual(Array(3).fill(answers).flat())
  })

  it('continues until it is interrupted', async () => {
    const child = start(args, serverEnv(simulator.port))
    const ended = new Promise((resolve) => child.once('close', resolve))
    let rounds = 0
    for await (const line of createInterface({ input: child.stdout }))
      if (line === '1.217' && ++rounds === 5) child.kill('SIGINT')
    expect(await ended).toBe(130)
  })

  it.each([
    [{ every: 'often' }, '--every must be a number of seconds'],
    [{ every: '1', times: '0' }, '--times must be a whole number of at least 1'],
    [{ times: '2' }, '--times needs --every'],
  ])('%j is refused', (flags, problem) => {
    expect(() => exec(['version'], flags)).toThrow(problem)
  })

  it('is refused for standard input, which can be read only once', () => {
    expect(() => exec(['-'], { every: '1' })).toThrow('only once')
  })
})
