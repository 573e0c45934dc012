import { once } from 'node:events'
import { expect, it } from 'vitest'
import { bercon, PASSWORD, start } from './bercon-process.js'

it.each(['arma3', 'reforger'])('a simulated %s answers, whatever game is said to be there', async (world) => {
  const child = start(['simulate', '--world', world, '--port', '0', '--no-bots', '--players', '0'], {
    RCON_PASSWORD: PASSWORD,
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const [line] = await once(child.stdout, 'data')
  const port = /port (\d+)/.exec(String(line))?.[1] ?? ''
  const env = { RCON_PASSWORD: PASSWORD, RCON_PORT: port }
  const [known, told] = await Promise.all([
    bercon(['players', '--game', world === 'reforger' ? 'reforger' : 'battleye'], { env }),
    bercon(['players', '--format', 'json'], { env }),
  ])
  expect(known).toEqual({ code: 0, stdout: 'Nobody is on the server.\n', stderr: '' })
  expect(told).toEqual({ code: 0, stdout: '[]\n', stderr: '' })
  child.kill('SIGINT')
  expect(await ended).toBe(130)
})

it('a setting out of range is refused by name', async () => {
  const { code, stderr } = await bercon(['simulate', '--port', '0', '--loss', '2'])
  expect([code, stderr]).toEqual([1, expect.stringContaining('loss must be')])
})
