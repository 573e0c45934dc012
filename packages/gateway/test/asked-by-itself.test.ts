import type { RconError } from '@bercon/client'
import { expect, it } from 'vitest'
import { Audit } from '../src/audit/audit.js'
import { RconKinds } from '../src/servers/rcon-kinds.js'
import { startVirtualServer } from './virtual-server.js'

const NO_PLAYERS = [
  'Players on server:',
  '[#] [IP Address]:[Port] [Ping] [GUID] [Name]',
  '-'.repeat(50),
  '(0 players in total)',
].join('\n')

async function scene(append: (lines: string) => void) {
  const executed: string[] = []
  const { clock, client } = await startVirtualServer((text) => {
    executed.push(text)
    return NO_PLAYERS
  })
  const kinds = new RconKinds(new Audit({ append, close: () => {} }, clock), clock)
  return { clock, executed, kinds, server: { name: 'everon', game: 'auto', client } as const }
}

it('what the gateway asks by itself, to detect the RCON of a server, is in the audit, once and before it is sent', async () => {
  const order: string[] = []
  const entries: object[] = []
  const { clock, executed, kinds, server } = await scene((lines) => {
    for (const line of lines.split('\n')) entries.push(JSON.parse(line))
    order.push(`written after ${executed.length}`)
  })
  const first = kinds.isBuiltIn(server)
  await clock.run(1_000)
  expect(await first).toBe(false)
  expect(await kinds.isBuiltIn(server)).toBe(false)
  await clock.run(1_000)
  expect(executed).toEqual(['players'])
  expect(order).toEqual(['written after 0', 'written after 1'])
  const gateway = { user: 'gateway', role: null, front: null, from: null, server: 'everon' }
  expect(entries).toMatchObject([
    { ...gateway, event: 'command', command: 'players' },
    { ...gateway, event: 'outcome', outcome: 'answered' },
  ])
})

it('the question is not sent while the audit cannot be written', async () => {
  const { clock, executed, kinds, server } = await scene(() => {
    throw new Error('no space left')
  })
  const asked = kinds.isBuiltIn(server).catch((error: RconError) => error.code)
  await clock.run(1_000)
  expect(await asked).toBe('audit-failure')
  expect(executed).toEqual([])
})

it('no question goes to a server whose game is known', async () => {
  const { executed, kinds, server } = await scene(() => {})
  for (const game of ['arma3', 'dayz'] as const)
    expect(await kinds.isBuiltIn({ ...server, game })).toBe(false)
  expect(executed).toEqual([])
})
