import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { withServers } from '../src/server/several-servers.js'
import { bercon, PASSWORD, start } from './bercon-process.js'
import { newFile } from './new-folder.js'
import { startSmallWorld } from './small-world.js'

const ULF = { name: 'Ulf', guid: '9'.repeat(32), ip: '192.0.2.9', port: 2304, ping: 12 }
let altis: Simulator
let tanoa: Simulator
beforeAll(async () => {
  altis = await startSmallWorld()
  tanoa = await startSimulator({ password: PASSWORD, bots: false })
  tanoa.world.join(ULF)
})
afterAll(async () => {
  await altis.close()
  await tanoa.close()
})

/** A config file with these servers, by their ports. */
const configOf = (ports: Readonly<Record<string, number>>) =>
  newFile(
    'config.toml',
    Object.entries(ports)
      .map(
        ([name, port]) => `[profiles.${name}]\nport = ${port}\npassword = "${PASSWORD}"\ngame = "battleye"\n`,
      )
      .join('\n'),
  )
const both = () => configOf({ altis: altis.port, tanoa: tanoa.port })

it('a command runs for each named profile', async () => {
  const args = ['say', '--profile', 'altis', '--profile', 'tanoa', '--config', both(), 'hello']
  const { code, stdout, stderr } = await bercon(args)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.split('\n').toSorted()).toEqual([
    '',
    'altis: sent to all players',
    'tanoa: sent to all players',
  ])
})

it('a table follows the name of its server, a text is prefixed with it', async () => {
  const players = await bercon(['players', '--all', '--config', both()])
  expect(players.stdout).toMatch(/^tanoa:\n *# +Name.*\n *0 +Ulf /m)
  expect(players.stdout).toMatch(/^altis:\n *# +Name.*\n *0 +Rook /m)
  const bans = await bercon(['bans', '--all', '--config', both()])
  expect(bans.stdout).toContain('tanoa: There are no bans.\n')
  const version = await bercon(['exec', 'version', '--all', '--config', both()])
  expect(version.stdout.split('\n').toSorted()).toEqual(['', 'altis: 1.217', 'tanoa: 1.217'])
})

it.each(['json', 'ndjson', 'csv'])('%s is one document with a column "server"', async (format) => {
  const { stdout } = await bercon(['players', '--all', '--config', both(), '--format', format])
  if (format === 'csv') {
    const [head, ...lines] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^server,id,name,/)
    expect(lines.map((line) => line.split(',')[0]).toSorted()).toEqual([...Array(4).fill('altis'), 'tanoa'])
    return
  }
  const rows: { server: string; name: string }[] =
    format === 'json'
      ? JSON.parse(stdout)
      : stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
  expect(rows.filter(({ server }) => server === 'tanoa')).toMatchObject([{ id: 0, name: 'Ulf' }])
  expect(rows.filter(({ server }) => server === 'altis')).toHaveLength(4)
})

it('a dead server delays no other; its exit code is the overall one', async () => {
  const dead = createSocket('udp4').bind(0, '127.0.0.1')
  await once(dead, 'listening')
  const config = configOf({ dead: dead.address().port, altis: altis.port, tanoa: tanoa.port })
  const args = ['exec', 'version', '--all', '--config', config, '--login-timeout', '600']
  const child = start(args)
  const ended = new Promise((resolve) => child.once('close', resolve))
  const lines: string[] = []
  // The dead one would delay it by ten minutes.
  for await (const line of createInterface({ input: child.stdout })) if (lines.push(line) === 2) break
  expect(lines.toSorted()).toEqual(['altis: 1.217', 'tanoa: 1.217'])
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  const brief = await bercon([...args.slice(0, -1), '0.2'])
  dead.close()
  expect(brief.code).toBe(3)
  // On a busy machine so short a time may be over before another server answers, too.
  expect(brief.stderr).toMatch(/^bercon: dead: [^\n]*did not answer[^\n]*$/m)
})

it('a command that fails at one server runs at the others', async () => {
  onTestFinished(() => {
    tanoa.world.join(ULF)
  })
  const { code, stdout, stderr } = await bercon(['kick', '--all', '--config', both(), 'Ulf'])
  expect([code, stdout]).toEqual([7, 'tanoa: kicked player 0, Ulf\n'])
  expect(stderr).toBe('bercon: altis: nobody on the server is called "Ulf"; "players" lists who is there\n')
})

it('an invalid profile fails only itself, a misspelled name the whole command', async () => {
  const config = newFile(
    'config.toml',
    `[profiles.bad]\nport = "x"\n\n[profiles.altis]\nport = ${altis.port}\npassword = "${PASSWORD}"\ngame = "battleye"\n`,
  )
  const bad = await bercon(['exec', 'version', '--all', '--config', config])
  expect([bad.code, bad.stdout]).toEqual([1, 'altis: 1.217\n'])
  expect(bad.stderr).toMatch(/^bercon: bad: [^\n]*port must be a whole number from 1 to 65535\n$/)
  const named = ['--profile', 'altis', '--profile', 'altiss', '--config', config]
  const misspelt = await bercon(['exec', 'version', ...named])
  expect([misspelt.code, misspelt.stdout]).toEqual([1, ''])
  expect(misspelt.stderr).toContain('there is no profile "altiss"')
})

it('commands from standard input run at every server', async () => {
  const args = ['exec', '-', '--format', 'ndjson', '--all', '--config', both()]
  const { stdout } = await bercon(args, { input: 'version\nbans\n' })
  const seen = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(seen.map(({ server, command }) => `${server} ${command}`).toSorted()).toEqual([
    'altis bans',
    'altis version',
    'tanoa bans',
    'tanoa version',
  ])
})

describe('a command for one server only', () => {
  const refusedWith = (...args: string[]) => bercon([...args, '--config', both()])

  it.each([
    [['players', '--all', '--port', '2306'], '--port applies to one server'],
    [['players', '--all', '--profile', 'altis'], '--all means every profile'],
    [['shell', '--profile', 'altis', '--profile', 'tanoa'], 'This command applies to one server'],
    [['bans', 'export', '--profile', 'altis', '--profile', 'tanoa', '-'], 'name one profile'],
  ])('is refused for several: %j', async (args, problem) => {
    const { code, stdout, stderr } = await refusedWith(...args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^bercon: [^\n]+\n$/)
    expect(stderr).toContain(problem)
  })

  it('is refused from the environment, too', async () => {
    vi.stubEnv('RCON_PORT', '2306')
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const flags = { all: true, config: both() }
    const run = withServers(flags, new AbortController().signal, async () => 0)
    await expect(run).rejects.toThrow('RCON_PORT applies to one server')
  })
})

it('watch names the server of each line', async () => {
  const only = ['--only', 'playerMessage,connect']
  const child = start(['watch', '--all', '--config', both(), '--format', 'ndjson', ...only])
  const ended = new Promise((resolve) => child.once('close', resolve))
  const worlds = new Map([
    ['altis', altis.world],
    ['tanoa', tanoa.world],
  ])
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const { type, server, message } = JSON.parse(line)
    if (type === 'connect') worlds.get(server)?.emit(`(Side) Rook: at ${server}`)
    else if (said.push(`${server} ${message}`) === 2) break
  }
  child.kill('SIGINT')
  await ended
  expect(said.toSorted()).toEqual(['altis at altis', 'tanoa at tanoa'])
})
