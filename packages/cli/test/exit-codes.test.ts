import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { RconServer } from '@bercon/server'
import { type Simulator, startReforgerSimulator, startSimulator } from '@bercon/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bercon, PASSWORD, serverEnv, start } from './bercon-process.js'
import { startSmallWorld } from './small-world.js'

let simulator: Simulator
let strict: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
  strict = await startSimulator({ password: PASSWORD, bots: false, restricted: true })
})
afterAll(async () => {
  await simulator.close()
  await strict.close()
})

const run = (...args: string[]) => bercon(args, { env: serverEnv(simulator.port) })

it('0: done', async () => {
  expect(await run('say', 'hello', 'all')).toEqual({ code: 0, stdout: 'sent to all players\n', stderr: '' })
})

it.each([
  [['players', '--nope'], "unknown option '--nope'"],
  [['players', '--password=hunter2'], "unknown option '--password'\n"],
  [['--pasword=hunter2=', 'players'], "unknown option '--pasword'\n"],
  [['ban', '192.0.2.7', '--for', '90'], 'write the length of a ban like 90min'],
  [['say', 'a\nb'], 'contains a line break'],
])('1: %j is wrong, with one line of explanation', async (args, problem) => {
  const { code, stdout, stderr } = await run(...args)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^bercon: [^\n]+\n$/)
  expect(stderr).toContain(problem)
})

it('1: no password, and nobody to ask', async () => {
  const { code, stderr } = await bercon(['players'], { env: { RCON_PORT: '2306' } })
  expect([code, stderr]).toEqual([1, expect.stringContaining('no password: use --password-file')])
})

it('2: the password is refused, and not shown', async () => {
  const { code, stderr } = await bercon(['players', '--verbose'], {
    env: serverEnv(simulator.port, 'open-sesame'),
  })
  expect([code, stderr]).toEqual([2, expect.stringContaining('refused the password')])
  expect(stderr).not.toContain('open-sesame')
})

it('3: no server answers', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const args = ['players', '--login-timeout', '0.2']
  const { code, stderr } = await bercon(args, { env: serverEnv(socket.address().port) })
  socket.close()
  expect([code, stderr]).toEqual([3, expect.stringContaining('did not answer')])
})

it('4: a command is unknown, or disallowed', async () => {
  expect(await run('exec', 'dance')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('does not know'),
  })
  const kicked = await bercon(['exec', 'kick 3'], { env: serverEnv(strict.port) })
  expect(kicked).toMatchObject({ code: 4, stderr: expect.stringContaining('RestrictRCon') })
})

it.each(['admins', 'missions'])('4: the game has no %s, which is reported', async (name) => {
  const reforger = await startReforgerSimulator({ password: PASSWORD, bots: false })
  const env = { ...serverEnv(reforger.port), RCON_GAME: 'reforger' }
  const { code, stdout, stderr } = await bercon([name], { env })
  await reforger.close()
  expect([code, stdout]).toEqual([4, ''])
  expect(stderr).toBe(`bercon: Reforger's built-in RCON cannot list ${name}\n`)
})

it('5: no reply in time', async () => {
  const silent = new RconServer({ password: PASSWORD, onCommand: () => new Promise<string>(() => {}) })
  const { port } = await silent.listen()
  const { code, stderr } = await bercon(['exec', '--timeout', '0.3', 'say -1 hello'], {
    env: serverEnv(port),
  })
  await silent.close()
  expect([code, stderr]).toEqual([5, expect.stringMatching(/^bercon: [^\n]+\n$/)])
})

it('6: an unexpected reply', async () => {
  const server = new RconServer({ password: PASSWORD, onCommand: () => 'what?' })
  const { port } = await server.listen()
  const { code, stderr } = await bercon(['bans'], { env: serverEnv(port) })
  await server.close()
  expect([code, stderr]).toEqual([6, expect.stringContaining('"what?"')])
})

it.each([
  [['kick', '77'], 'nobody on the server is called "77"'],
  [['unban', '192.0.2.77'], '192.0.2.77 is not banned'],
])('7: %j matches nobody, with one line of explanation', async (args, problem) => {
  const { code, stdout, stderr } = await run(...args)
  expect([code, stdout]).toEqual([7, ''])
  expect(stderr).toMatch(/^bercon: [^\n]+\n$/)
  expect(stderr).toContain(problem)
})

it('130: interrupted', async () => {
  const child = start(['exec', '-'], serverEnv(simulator.port))
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.stdin.write('version\n')
  await once(child.stdout, 'data')
  child.kill('SIGINT')
  expect(await ended).toBe(130)
})

it('of several commands, that of the first that failed; the others run', async () => {
  const args = ['exec', '--format', 'json', 'version', 'dance', 'two\nlines', 'players']
  const { code, stdout } = await run(...args)
  expect(code).toBe(4)
  expect(JSON.parse(stdout)).toMatchObject([
    { command: 'version', reply: '1.217', code: null },
    { command: 'dance', reply: null, code: 'unknown-command' },
    // By itself it would have exited with 1.
    { command: 'two\nlines', reply: null, code: 'invalid-argument' },
    { command: 'players', reply: expect.stringContaining('Rook') },
  ])
})
