import { AsyncRconClient } from '@bercon/client'
import type { Kind, RconClient, Result } from '@bercon/core'
import type { Dialect } from '@bercon/core/kit'
import { RxRconClient } from '@bercon/rx'
import { SyncRconClient } from '@bercon/sync'
import { firstValueFrom } from 'rxjs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDialect, type ReforgerServer, type ReforgerServerOptions, reforger } from '../src/index.js'
import { ServerThread } from './server-thread.js'

/** The parts that differ between flavors. */
interface Flavor<K extends Kind> {
  readonly name: string
  connect(dialect: Dialect, port: number): Promise<RconClient<K>>
  /** The result of an operation; if one throws instead of rejecting, this throws too. */
  result<T>(call: () => Result<K, T>): Promise<T>
}

const HOST = '127.0.0.1'
const PASSWORD = 'hunter2'
const ANN = 'b6955d91-4749-4cdb-9a51-e69f630ec435'
const BOB = '0f3a1c22-9d4e-4b7a-8c1d-2e5f6a7b8c9d'
const CID = '5d1c0a77-1b2c-4d3e-8f90-a1b2c3d4e5f6'
const DAN = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const ANNS_GUID = 'a861bcfd187960c163d59666e2fd6798'
const BANNED_GUID = 'f8960b9fd7cf711046c1df2ab8d534b2'
const BAN_HELP = /^Help for ban command.*<reason> is optional\.$/s
const WHOLE = { verifyEnd: true }

let thread: ServerThread

beforeAll(() => {
  thread = new ServerThread()
})
afterAll(() => thread.end())

describeFlavor<'promise'>({
  name: 'the promise client',
  connect: (dialect, port) =>
    new AsyncRconClient({ dialect, playersIntervalMs: 0 }).connect(HOST, port, PASSWORD),
  result: (call) => call(),
})

describeFlavor<'observable'>({
  name: 'the observable client',
  // Not `firstValueFrom`, which would unsubscribe, and so close the client.
  connect: (dialect, port) =>
    new Promise((resolve, reject) => {
      const client = new RxRconClient({ dialect, playersIntervalMs: 0 })
      client.connect(HOST, port, PASSWORD).subscribe({ next: resolve, error: reject })
    }),
  result: (call) => firstValueFrom(call()),
})

describeFlavor<'sync'>({
  name: 'the blocking client',
  connect: async (dialect, port) =>
    new SyncRconClient({ dialect, playersIntervalMs: 0 }).connect(HOST, port, PASSWORD),
  result: async (call) => call(),
})

/** An operation, the commands sent for it, and its result, or the error that it fails with. */
type Case<K extends Kind> = readonly [
  act: (server: ReforgerServer<K>) => Result<K, unknown>,
  sent: readonly string[],
  outcome: unknown,
]

// Each case finds the game as the previous one left it.
function builtInCases<K extends Kind>(): readonly Case<K>[] {
  const listed = [
    { id: 1, identityId: ANN, name: 'Ann ; the 1st', guid: undefined },
    { id: 2, identityId: BOB, name: 'Bob', guid: undefined },
    { id: 3, identityId: DAN, name: 'Dan', guid: undefined },
  ]
  const banned = { target: CID, name: 'Cid', reason: undefined, minutesLeft: undefined }
  const notFound = { code: 'unexpected-reply', reply: 'Player not found' }
  const noUuid = { code: 'invalid-argument', message: expect.stringContaining('whose name starts with it') }
  return [
    [(server) => server.rcon(), [], 'built-in'],
    [(server) => server.fetchPlayers(), ['#players', 'players'], listed],
    [(server) => server.kick(3), ['#kick 3'], undefined],
    [(server) => server.kick(3), ['#kick 3'], expect.objectContaining(notFound)],
    [(server) => server.ban(2, 60, 'team kill'), ['#ban create 2 3600 team kill'], undefined],
    [(server) => server.ban(1), ['#ban create 1 0'], undefined],
    [(server) => server.ban(DAN, 1.5), [`#ban create ${DAN} 90`], undefined],
    [(server) => server.unban(ANN), [`#ban remove ${ANN}`], true],
    [(server) => server.unban(ANN), [`#ban remove ${ANN}`], false],
    [(server) => server.unban(BOB), [`#ban remove ${BOB}`], true],
    [(server) => server.unban(DAN), [`#ban remove ${DAN}`], true],
    [(server) => server.unban('Cid'), [], expect.objectContaining(noUuid)],
    [(server) => server.fetchBans(), ['#ban list 1', '#players'], [banned]],
    [(server) => server.sendCommand('#ban', WHOLE), ['#ban', '#players'], expect.stringMatching(BAN_HELP)],
    [(server) => server.sendCommand('#x'), ['#x'], expect.objectContaining({ code: 'unknown-command' })],
  ]
}

function battleyeCases<K extends Kind>(): readonly Case<K>[] {
  const listed = { id: 3, identityId: undefined, name: 'Ann', guid: ANNS_GUID }
  const banned = { target: BANNED_GUID, name: undefined, reason: 'old', minutesLeft: undefined }
  const noMinutes = { code: 'invalid-argument', argument: 'minutes' }
  return [
    [(server) => server.rcon(), [], 'battleye'],
    [(server) => server.fetchPlayers(), ['players'], [listed]],
    [(server) => server.fetchBans(), ['bans'], [banned]],
    [(server) => server.ban(3, 60, 'team kill'), ['ban 3 60 team kill'], undefined],
    [(server) => server.ban(ANNS_GUID), [`addBan ${ANNS_GUID} 0`], undefined],
    [(server) => server.ban(ANNS_GUID, 2), [`addBan ${ANNS_GUID} 2`], undefined],
    [(server) => server.ban(3, 1.5), [], expect.objectContaining(noMinutes)],
    [(server) => server.kick(3), ['kick 3'], undefined],
    [(server) => server.unban(BANNED_GUID), ['bans', 'removeBan 0'], true],
    [(server) => server.unban(BANNED_GUID), ['bans'], false],
    [(server) => server.sendCommand('version'), ['version'], '1.217'],
  ]
}

/** Less than a second, which is what a list takes otherwise; the blocking client's thread imports a module. */
function quickDialect(rcon: NonNullable<ReforgerServerOptions['rcon']>): Dialect {
  const completeAfterMs = 50
  const { href } = new URL(
    `./quick-dialect.mjs?rcon=${rcon}&completeAfterMs=${completeAfterMs}`,
    import.meta.url,
  )
  return createDialect({ rcon, completeAfterMs, module: href })
}

/** The commands sent to the server, in order; only a list may be requested again. */
async function sentCommands(): Promise<readonly string[]> {
  const isNew = (command: string, index: number, all: readonly string[]) =>
    !/^(?:#?players|#ban list .*|bans)$/.test(command) || all.indexOf(command) === index
  return (await thread.takeCommands()).filter(isNew)
}

function describeFlavor<K extends Kind>(flavor: Flavor<K>): void {
  let client: RconClient<K> | undefined

  async function connect(
    world: Parameters<ServerThread['start']>[0],
    rcon: NonNullable<ReforgerServerOptions['rcon']>,
  ): Promise<{ readonly client: RconClient<K>; readonly server: ReforgerServer<K> }> {
    const connected = await flavor.connect(quickDialect(rcon), await thread.start(world))
    client = connected
    return { client: connected, server: reforger(connected, { rcon }) }
  }

  describe(flavor.name, () => {
    afterEach(() => {
      client?.close()
    })

    test.each([
      ['built-in', builtInCases<K>()],
      ['battleye', battleyeCases<K>()],
    ] as const)('sends and gives what it should with the RCON %s', async (rcon, cases) => {
      const { server } = await connect(rcon, rcon)
      for (const [act, sent, expected] of cases) {
        const outcome = await flavor.result(() => act(server)).catch((error: unknown) => error)
        expect([await sentCommands(), outcome], String(act)).toEqual([sent, expected])
      }
    })

    test.each([
      ['built-in', 1, '#ban create 1 3600'],
      ['battleye', 3, 'ban 3 60'],
    ] as const)('finds out by itself that a server has the RCON %s', async (rcon, player, command) => {
      const { server } = await connect(rcon, 'auto')
      await flavor.result(() => server.ban(player, 60))
      expect(await flavor.result(() => server.rcon())).toBe(rcon)
      expect((await sentCommands()).filter((sent) => !sent.endsWith('players'))).toEqual([command])
    })

    test('reads every page of a long list of bans', async () => {
      const { server } = await connect('many bans', 'built-in')
      const bans = await flavor.result(() => server.fetchBans())
      const names = Array.from({ length: 60 }, (_, ban) => (ban === 0 ? 'Cid' : `banned ${ban}`))
      expect(bans.map(({ name }) => name)).toEqual(names)
      expect(await sentCommands()).toEqual(['#ban list 1', '#players', '#ban list 2', '#ban list 3'])
    })

    test('emits lines that arrive during an output as events, and excludes them from it', async () => {
      const emitted: string[] = []
      const lively = await connect('lively', 'built-in')
      lively.client.listen('playerConnect', ({ name }) => emitted.push(name))
      expect(await flavor.result(() => lively.server.fetchPlayers())).toHaveLength(3)
      expect(emitted).toContain('Cy')
    })

    test('logs out when it closes', async () => {
      const { client, server } = await connect('built-in', 'built-in')
      await flavor.result(() => server.kick(2))
      client.close()
      const sent: string[] = []
      while (sent.length < 2) sent.push(...(await thread.takeCommands()))
      expect(sent).toEqual(['#kick 2', '@logout'])
    })

    test('fails as incomplete if a part of the list is lost, instead of returning a shorter one', async () => {
      const { server } = await connect('lossy', 'built-in')
      await expect(flavor.result(() => server.fetchPlayers({ timeoutMs: 2_000 }))).rejects.toMatchObject({
        name: 'IncompleteReplyError',
        code: 'incomplete-reply',
        message: expect.stringContaining('incomplete'),
      })
    })
  })
}
