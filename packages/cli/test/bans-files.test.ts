import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RconServer } from '@bercon/server'
import { type Simulator, startSimulator } from '@bercon/server/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bercon, newFolder, PASSWORD, serverEnv, start } from './bercon-process.js'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
})
afterEach(() => simulator.close())

const run = (...args: string[]) => bercon(['bans', ...args], { env: serverEnv(simulator.port) })
const guid = (index: number) => index.toString(16).padStart(32, '0')
const targets = () => simulator.world.bans.map(({ target }) => target)

function file(name: string, text: string): string {
  const path = join(newFolder(), name)
  writeFileSync(path, text)
  return path
}

it.each(['txt', 'json', 'csv'])('what is exported as %s is nothing to apply', async (form) => {
  const { world } = simulator
  world.addBan({ target: guid(1), reason: 'spam, "twice"; and = more' })
  world.addBan({ target: guid(2), minutes: 600 })
  world.addBan({ target: '192.0.2.7', reason: '=1+1' })
  const path = join(newFolder(), `bans.${form}`)
  expect((await run('export', path)).code).toBe(0)
  expect((await run('diff', path)).stdout).toBe('0 to add, 0 to lift, 3 as they should be, 0 over\n')
})

it('import adds what is missing, and leaves what is there', async () => {
  simulator.world.addBan({ target: guid(9), reason: 'mine' })
  const path = file('bans.txt', `${guid(1)} -1 spam\n${guid(9)} -1 theirs\n${guid(2)} 1000 long ago\n`)
  expect(await run('import', path, '--yes')).toMatchObject({
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
    const path = file('bans.txt', `${guid(4)} -1 no 4\n${guid(3)} -1 no 3\n${guid(2)} -1 changed\n`)
    expect((await run('apply', path, '--yes')).code).toBe(0)
    expect(world.bans.map(({ target, reason }) => [target, reason])).toEqual([
      [guid(4), 'no 4'],
      [guid(3), 'no 3'],
      [guid(2), 'changed'],
    ])
  })

  it('only shows the plan with --dry-run, and asks for --yes where nobody can be asked', async () => {
    const path = file('bans.json', JSON.stringify([{ target: guid(1), expiresAt: null, reason: '' }]))
    expect(await run('apply', path, '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 to add'),
    })
    expect(await run('apply', path)).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') })
    expect(targets()).toEqual([])
  })

  it.each([
    ['bans.txt', 'hello\n', 'bans.txt: 1 lines are no bans, such as "hello"'],
    ['bans.json', '[{"target": "x"}]', 'bans.json: entry 1 is no ban'],
    ['bans.csv', 'target,reason\n192.0.2.7,spam\n', 'bans.csv: entry 1 is no ban'],
  ])('refuses a %s with an entry that is none', async (name, text, problem) => {
    expect(await run('apply', file(name, text), '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(problem),
    })
  })

  it('of 2,000 bans, interrupted in the middle and run again, is exact', async () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `${guid(index)} -1 no ${index}\n`).join('')
    const args = ['bans', 'apply', file('bans.txt', text), '--yes']
    const { world } = simulator
    // In the middle the server falls silent until it is over.
    let interrupt = () => {}
    const server = new RconServer({
      password: PASSWORD,
      onCommand: (command) => {
        const reply = world.execute(command, undefined, performance.now())
        if (world.bans.length < 700) return reply
        if (world.bans.length === 700) interrupt()
        return new Promise<string>(() => {})
      },
    })
    const child = start(args, serverEnv((await server.listen()).port))
    const ended = new Promise((resolve) => child.once('close', resolve))
    interrupt = () => child.kill('SIGINT')
    expect(await ended).toBe(130)
    await server.close()
    expect(targets()).toHaveLength(700 + 31)
    expect((await bercon(args, { env: serverEnv(simulator.port) })).code).toBe(0)
    expect(targets().toSorted()).toEqual(Array.from({ length: 2_000 }, (_, index) => guid(index)))
  })
})

it('an export to standard output is the file', async () => {
  simulator.world.addBan({ target: guid(1), reason: 'spam' })
  const { stdout } = await run('export', '-')
  expect(stdout).toBe(`${guid(1)} -1 spam\n`)
  const path = join(newFolder(), 'bans.txt')
  await run('export', path)
  expect(readFileSync(path, 'utf8')).toBe(stdout)
})
