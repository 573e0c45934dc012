import { once } from 'node:events'
import { expect, it } from 'vitest'
import { bercon, PASSWORD, start } from './bercon-process.js'

it.concurrent.each([
  ['arma3', 'battleye'],
  ['reforger', 'reforger'],
])('a simulated %s answers, also where its game is not said', async (world, game) => {
  const child = start(['simulate', '--world', world, '--port', '0', '--no-bots', '--players', '0'], {
    RCON_PASSWORD: PASSWORD,
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const [line] = await once(child.stdout, 'data')
  const port = /port (\d+)/.exec(String(line))?.[1] ?? ''
  const env = { RCON_PASSWORD: PASSWORD, RCON_PORT: port }
  const [known, told] = await Promise.all([
    bercon(['players', '--game', game], { env }),
    bercon(['players', '--format', 'json'], { env }),
  ])
  expect(known).toEqual({ code: 0, stdout: 'Nobody is on the server.\n', stderr: '' })
  expect(told).toEqual({ code: 0, stdout: '[]\n', stderr: '' })
  child.kill('SIGINT')
  expect(await ended).toBe(130)
})

it.concurrent('a setting out of range is refused by name', async () => {
  const { code, stderr } = await bercon(['simulate', '--port', '0', '--loss', '2'])
  expect([code, stderr]).toEqual([1, expect.stringContaining('loss must be')])
})
