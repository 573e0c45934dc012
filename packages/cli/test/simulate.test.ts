import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { BIN, bercon, PASSWORD, start } from './bercon-process.js'
import { BerconTerminal, CTRL_C } from './bercon-terminal.js'

it.concurrent.each([
  ['arma3', 'battleye'],
  ['reforger', 'reforger'],
])('a simulated %s answers, even if its game is not specified', async (world, game) => {
  const child = start(['simulate', '--world', world, '--port', '0', '--no-bots', '--players', '0'], {
    RCON_PASSWORD: PASSWORD,
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const [line] = await once(child.stdout, 'data')
  const port = /port (\d+)/.exec(String(line))?.[1] ?? ''
  const env = { RCON_PASSWORD: PASSWORD, RCON_PORT: port }
  const [known, listed] = await Promise.all([
    bercon(['players', '--game', game], { env }),
    bercon(['players', '--format', 'json'], { env }),
  ])
  expect(known).toEqual({ code: 0, stdout: 'There are no players.\n', stderr: '' })
  expect(listed).toEqual({ code: 0, stdout: '[]\n', stderr: '' })
  child.kill('SIGINT')
  expect(await ended).toBe(130)
})

it.concurrent('a setting out of range is refused by name', async () => {
  const { code, stderr } = await bercon(['simulate', '--port', '0', '--loss', '2'])
  expect([code, stderr]).toEqual([1, expect.stringContaining('loss must be')])
})

it.concurrent('checks as many wrong passwords as `--max-login-attempts` allows', async () => {
  const { code, stderr } = await bercon(['simulate', '--port', '0', '--max-login-attempts', '0'])
  expect([code, stderr]).toEqual([1, expect.stringContaining('maxLoginAttempts must be')])
})

// npx runs a command through a shell, which does not pass signals on.
it.concurrent('ends when npx is ended', async () => {
  const { PATH = '' } = process.env
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${BIN}" simulate --port 0 --no-bots; true`], {
    env: { PATH, npm_lifecycle_event: 'npx', XDG_CONFIG_HOME: '/nowhere' },
  })
  // Once no process has it open.
  const closed = once(shell.stdout, 'close')
  await once(shell.stdout, 'data')
  shell.kill('SIGTERM')
  await closed
})

it.concurrent('accepts commands for the players at a terminal', async () => {
  const simulation = new BerconTerminal(['simulate', '--port', '0', '--no-bots', '--players', '0'], {})
  await simulation.untilLine('sim>')
  const port = /port (\d+)/.exec(simulation.rows[0] ?? '')?.[1] ?? ''
  simulation.type('join Big Bob --ping 400\r')
  await simulation.untilRow('Big Bob joined as #0.')
  const { stdout } = await bercon(['players', '--format', 'json'], {
    env: { RCON_PASSWORD: 'simulator', RCON_PORT: port, RCON_GAME: 'battleye' },
  })
  expect(JSON.parse(stdout)).toMatchObject([{ name: 'Big Bob', ping: 400 }])
  simulation.type('dance\r')
  await simulation.untilRow('chat NAME TEXT')
  simulation.type('exit\r')
  expect(await simulation.ended).toBe(0)
})

it.concurrent('ends at Ctrl-C at its prompt', async () => {
  const simulation = new BerconTerminal(['simulate', '--port', '0', '--no-bots'], {})
  await simulation.untilLine('sim>')
  simulation.type(CTRL_C)
  expect(await simulation.ended).toBe(130)
})
