// @ts-nocheck
import { spawnSync } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { RconServer } from '@bercon/server'
import type { Simulator } from '@bercon/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BIN, bercon, PASSWORD, serverEnv } from './bercon-process.js'
import { startSmallWorld } from './small-world.js'

// With these, a name or a reason would decide where the password is sent.
const ELSEWHERE = '127.0.0.2'

let simulator: Simulator
let server: RconServer
let port: number
let elsewhere: Socket
let commands: string[]
let caught: Buffer[]
beforeAll(async () => {
  simulator = await startSmallWorld()
  server = new RconServer({
    password: PASSWORD,
    onCommand: (command) => {
      commands.push(command)
      return command === 'players' ? simulator.world.execute(command, undefined, performance.now()) : ''
    },
  })
  port = (await server.listen()).port
  elsewhere = createSocket('udp4').bind(port, ELSEWHERE)
  elsewhere.on('message', (datagram) => caught.push(datagram))
  await once(elsewhere, 'listening')
})
afterAll(async () => {
  elsewhere.close()
  await server.close()
  await simulator.close()
})
beforeEach(() => {
  caught = []
  commands = []
})

const run = (...args: string[]) => bercon(args, { env: serverEnv(port) })

describe('from the first argument on, all text is a name or a message', () => {
  it.each([
    [['kick', 'Rook', `--host=${ELSEWHERE}`], `kick 0 --host=${ELSEWHERE}`],
    [['kick', 'Rook', '--host', ELSEWHERE], `kick 0 --host ${ELSEWHERE}`],
    [['say', 'look:', '-H', ELSEWHERE], `say -1 look: -H ${ELSEWHERE}`],
    [['say', '--to', 'Rook', 'hi', '--to', 'all'], 'say 0 hi --to all'],
    [['ban', '--for', '1h', 'Rook', '--for', 'permanent'], 'ban 0 60 --for permanent'],
    [['ban', 'Rook', '--for', '1h', `-H${ELSEWHERE}`], `ban 0 60 -H${ELSEWHERE}`],
  ])('in %j, which is sent', async (args, command) => {
    const { code, stderr } = await run(...args)
    expect([code, commands.at(-1)]).toEqual([0, command])
    expect(stderr.includes('comes after the first argument and is read as text')).toBe(!/ -H\d/.test(command))
    expect(caught).toEqual([])
  })

  it.each([
    [['kick', `--host=${ELSEWHERE}`, 'x'], '--host'],
    [['kick', `-H${ELSEWHERE}`, 'Rook'], '--host'],
    [['say', `--profile=evil`, 'x'], '--profile'],
    [['ban', '--for', '1h', `--config=/evil`, 'Rook'], '--config'],
  ])('so that %j, whose first name may come from a player, is refused', async (args, option) => {
    const { code, stderr } = await run(...args)
    expect([code, commands, caught]).toEqual([1, [], []])
    expect(stderr).toMatch(/^bercon: [^\n]+\n$/)
    expect(stderr).toContain(`the option ${option} and its value must be two words`)
  })

  it('and a name that looks like an option is one behind "--"', async () => {
    const { code, stderr } = await run('kick', '--', `--host=${ELSEWHERE}`, 'x')
    expect([code, caught]).toEqual([7, []])
    expect(stderr).toContain(`"--host=${ELSEWHERE}"`)
  })

  it('but options before it are options', async () => {
    const { code } = await run('kick', '--host', 'localhost', '-p', String(port), '--verbose', 'Rook', 'afk')
    expect([code, commands.at(-1)]).toEqual([0, 'kick 0 afk'])
  })
})

describe('bercon help', () => {
  it('shows the help of a subcommand', async () => {
    const { code, stdout } = await bercon(['help', 'bans', 'apply'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Usage: bercon bans apply /)
    expect(stdout).toContain('--dry-run')
    expect(stdout).toBe((await bercon(['bans', 'apply', '--help'])).stdout)
  })

  it('without arguments shows that of bercon', async () => {
    expect((await bercon(['help'])).stdout).toBe((await bercon(['--help'])).stdout)
  })

  it('refuses an unknown command', async () => {
    expect(await bercon(['help', 'bans', 'aply'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'bercon: there is no command "bans aply"; "bercon help" lists them\n',
    })
  })
})

it.runIf(existsSync('/dev/full')).each([['--help'], ['help'], ['--version'], ['profiles', '--example']])(
  'a full disk gets one line of error: %s',
  (...args) => {
    const full = openSync('/dev/full', 'w')
    const { PATH = '' } = process.env
    const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      env: { PATH, XDG_CONFIG_HOME: '/nowhere' },
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^bercon: cannot write the output: ENOSPC[^\n]+\n$/)
  },
)
