import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Simulator, startSimulator } from '@bercon/server/simulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { diffBans, exportBans } from '../src/commands/bans-files.js'
import { bercon, PASSWORD, serverEnv } from './bercon-process.js'
import { newFile, newFolder } from './new-folder.js'
import { outputOf } from './output-of.js'
import { flagsFor } from './small-world.js'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await simulator.close()
})

const run = (args: readonly string[], input?: string) =>
  bercon(['bans', ...args], { env: serverEnv(simulator.port), input })
const guid = (index: number) => index.toString(16).padStart(32, '0')
const targets = () => simulator.world.bans.map(({ target }) => target)

it.each(['txt', 'json', 'csv'])('what is exported as %s is nothing to apply', async (form) => {
  const { world } = simulator
  world.addBan({ target: guid(1), reason: 'spam, "twice"; and = more' })
  world.addBan({ target: guid(2), minutes: 600 })
  world.addBan({ target: guid(3), minutes: 999_999_999_999 })
  world.addBan({ target: '192.0.2.7', reason: '=1+1' })
  const path = join(newFolder(), `bans.${form}`)
  const flags = flagsFor(simulator)
  expect((await outputOf((signal) => exportBans(path, flags, signal))).code).toBe(0)
  const { stdout } = await outputOf((signal) => diffBans(path, flags, signal))
  expect(stdout).toBe('0 to add, 0 to lift, 4 as they should be, 0 over\n')
})

it('an export to standard output is the file', async () => {
  simulator.world.addBan({ target: guid(1), reason: 'spam' })
  const path = join(newFolder(), 'bans.txt')
  const [printed, written] = await Promise.all([run(['export', '-']), run(['export', path])])
  expect(printed).toEqual({ code: 0, stdout: `${guid(1)} -1 spam\n`, stderr: 'bercon: bans exported: 1\n' })
  expect([written.stdout, readFileSync(path, 'utf8')]).toEqual(['', printed.stdout])
  simulator.world.addBan({ target: guid(2) })
  expect((await run(['diff', path])).stdout).toBe(
    `- ${guid(2)}  for ever\n0 to add, 1 to lift, 1 as they should be, 0 over\n`,
  )
})

it('import adds what is missing, and leaves what is there', async () => {
  simulator.world.addBan({ target: guid(9), reason: 'mine' })
  const text = `${guid(1)} -1 spam\n${guid(9)} -1 theirs\n${guid(2)} 1000 long ago\n`
  expect(await run(['import', '-', '--yes'], text)).toMatchObject({
    code: 0,
    stdout: `+ ${guid(1)}  for ever  spam\n1 to add, 0 to lift, 1 as they should be, 1 over\ndone\n`,
  })
  expect(simulator.world.bans.map(({ reason }) => reason)).toEqual(['mine', 'spam'])
})

describe('apply', () => {
  it('makes the list what the file says, by target and reason and not by number', async () => {
    const { world } = simulator
    for (const index of [1, 2, 3, 4]) world.addBan({ target: guid(index), reason: `no ${index}` })
    world.addBan({ target: guid(3), reason: 'no 3' })
    const path = newFile('bans.txt', `${guid(4)} -1 no 4\n${guid(3)} -1 no 3\n${guid(2)} -1 changed\n`)
    expect((await run(['apply', path, '--yes'])).code).toBe(0)
    expect(world.bans.map(({ target, reason }) => [target, reason])).toEqual([
      [guid(4), 'no 4'],
      [guid(3), 'no 3'],
      [guid(2), 'changed'],
    ])
  })

  it('only shows the plan with --dry-run, and asks for --yes where nobody can be asked', async () => {
    const path = newFile('bans.json', JSON.stringify([{ target: guid(1), expiresAt: null, reason: '' }]))
    const [shown, refused] = await Promise.all([run(['apply', path, '--dry-run']), run(['apply', path])])
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('1 to add') })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') })
    expect(targets()).toEqual([])
  })

  it('changes nothing when the file has a line that is no ban', async () => {
    const path = newFile('bans.txt', `${guid(1)} -1\nhello\n`)
    const { code, stderr } = await run(['apply', path, '--yes'])
    expect([code, stderr]).toEqual([1, `bercon: ${path}: lines that are no bans: 1, such as "hello"\n`])
    expect(targets()).toEqual([])
  })
})
