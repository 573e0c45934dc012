import type { Simulator } from '@bercon/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bercon, serverEnv } from './bercon-process.js'
import { startSmallWorld } from './small-world.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
})
afterAll(() => simulator.close())

const typed = async (...lines: readonly string[]) => {
  const input = `${lines.join('\n')}\n`
  const { code, stdout } = await bercon(['shell'], { env: serverEnv(simulator.port), input })
  expect(code).toBe(0)
  return stdout
}

it('runs line after line, resolves names to numbers, and exits at the end', async () => {
  const stdout = await typed('version', 'players', 'kick rook afk', 'dance', '/nope', 'exit', 'say never')
  expect(stdout).toContain('1.217\n')
  expect(stdout).toContain('kicked player 0, Rook\n')
  expect(stdout).toContain('Player #0 Rook (')
  expect(stdout).toContain('The server does not know the command "dance"')
  expect(stdout).toContain('there is no /nope')
  expect(stdout).not.toContain('never')
})

it('reports that a name matches nobody, or which of several', async () => {
  simulator.world.join({ name: 'Twin', guid: '1'.repeat(32), ip: '192.0.2.5', port: 2304 })
  simulator.world.join({ name: 'Twin', guid: '2'.repeat(32), ip: '192.0.2.6', port: 2304 })
  const stdout = await typed('kick nosuch', 'kick Twin')
  expect(stdout).toContain('nobody on the server is called "nosuch"; "players" lists who is there\n')
  expect(stdout).toMatch(/"Twin" matches several players, \d \(Twin\) and \d \(Twin\): use the number\n/)
})

it('sends, lists and bans with the commands of the command line, with or without a slash', async () => {
  const stdout = await typed(
    'say two  spaces',
    '/say -1 as of old',
    '/admins',
    'ban Twin 7d x',
    'ban 192.0.2.7 7d x',
  )
  expect(stdout).toContain('(Global) two  spaces\n')
  expect(stdout).toContain('(Global) as of old\n')
  expect(stdout).toMatch(/^ *# +IP +Port\n *0 +127\.0\.0\.1 /m)
  expect(stdout).toContain('banned 192.0.2.7 for 7d\n')
})

it('sends with exec a line that would be its own command', async () => {
  const stdout = await typed('exec say -1 raw', 'ban 192.0.2.8 60 spam', 'ban 192.0.2.8 spam')
  expect(stdout).toContain('(Global) raw\n')
  expect(stdout).toContain('60 what?')
  expect(stdout).toContain('how long?')
})

it('removes bans by the number in its list, by GUID, and by address', async () => {
  const target = 'e'.repeat(32)
  const stdout = await typed('unban 0', 'bans', 'unban 198.51.100.7', 'unban 0', 'unban 0', 'unban 77')
  expect(stdout).toContain('no ban with the number 0 was listed; "bans" lists them\n')
  expect(stdout).toMatch(/^# {2}Kind/m)
  expect(stdout).toContain('removed the ban of 198.51.100.7\n')
  expect(stdout).toContain(`removed ban 0, of ${target} (cheating, "twice")\n`)
  expect(stdout).toContain(`ban 0, of ${target}, is no longer in the list`)
  expect(simulator.world.bans.map((ban) => ban.target)).not.toContain(target)
})

it('has help for all of its commands, and for each', async () => {
  const stdout = await typed('?', 'help ban', 'exec players', 'quit')
  for (const word of ['players', 'unban', 'exec', 'exit'])
    expect(stdout).toMatch(new RegExp(`^${word} +[a-z]`, 'm'))
  expect(stdout).toContain('--for <length>')
  expect(stdout).not.toContain('--host')
  expect(stdout).toMatch(/\(\d players in total\)/)
})
