import { beGuid, formatBanLine, kickFromGame, monitor, selectMission } from '@bercon/arma'
import { AsyncRconClient } from '@bercon/client'
import { createDialect, dialect, reforger, reforgerCommands } from '@bercon/reforger'
import { ReforgerWorld } from '@bercon/simulator'
import type { Provocation } from '../provocation.js'
import { Scene } from '../scene.js'

const never = (value: unknown) => value as never

export const ARMA: readonly Provocation[] = [
  { call: "kickFromGame('')", provoke: () => kickFromGame('') },
  { call: "selectMission('')", provoke: () => selectMission('') },
  {
    call: "selectMission('Coop_10.Altis', 'very hard')",
    provoke: () => selectMission('Coop_10.Altis', 'very hard'),
  },
  { call: 'monitor(-1)', provoke: () => monitor(-1) },
  { call: "beGuid('76561')", provoke: () => beGuid('76561') },
  { call: 'beGuid(76561198017965694)', provoke: () => beGuid(never(Number('76561198017965694'))) },
  {
    call: "formatBanLine({ target: '192.0.2.7', expiresAt: -1, reason: '' })",
    provoke: () => formatBanLine({ target: '192.0.2.7', expiresAt: -1, reason: '' }),
  },
]

/** A client of a simulated Reforger server, in virtual time. */
async function played(call: (client: AsyncRconClient) => Promise<unknown>): Promise<unknown> {
  const scene = new Scene()
  await scene.play(new ReforgerWorld({ bots: false }))
  const client = await scene.connected({ dialect })
  return scene.settle(call(client)).finally(() => client.close())
}

const client = new AsyncRconClient({ dialect })

export const REFORGER: readonly Provocation[] = [
  {
    call: "reforger(client, { rcon: 'builtin' })",
    provoke: () => reforger(client, { rcon: never('builtin') }),
  },
  { call: 'createDialect({ quiet: 500 })', provoke: () => createDialect(never({ quiet: 500 })) },
  { call: 'createDialect({ completeAfterMs: 0 })', provoke: () => createDialect({ completeAfterMs: 0 }) },
  { call: 'reforgerCommands.kick(0)', provoke: () => reforgerCommands.kick(0) },
  { call: 'reforgerCommands.ban(3, 0)', provoke: () => reforgerCommands.ban(3, 0) },
  { call: 'reforgerCommands.ban(3, 1.001)', provoke: () => reforgerCommands.ban(3, 1.001) },
  { call: 'reforgerCommands.ban(3, -5)', provoke: () => reforgerCommands.ban(3, -5) },
  { call: 'reforgerCommands.ban(3, 1e9)', provoke: () => reforgerCommands.ban(3, 1e9) },
  { call: "reforgerCommands.ban('Ann')", provoke: () => reforgerCommands.ban('Ann') },
  { call: "reforgerCommands.unban('Ann')", provoke: () => reforgerCommands.unban('Ann') },
  {
    call: 'reforger(client).kick(9)',
    when: 'nobody has that number',
    provoke: () => played((it) => reforger(it).kick(9)),
  },
  {
    call: 'reforger(client).fetchPlayers({ timeoutMs: 800 })',
    when: 'the output is still arriving then',
    provoke: () => played((it) => reforger(it, { rcon: 'built-in' }).fetchPlayers({ timeoutMs: 800 })),
  },
]
