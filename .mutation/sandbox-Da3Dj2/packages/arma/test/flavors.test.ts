// @ts-nocheck
import { AsyncRconClient } from '@bercon/client'
import type { Kind, RconClient, Result } from '@bercon/core'
import { RxRconClient } from '@bercon/rx'
import { SyncRconClient } from '@bercon/sync'
import { firstValueFrom } from 'rxjs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type ArmaServer,
  arma,
  type GameCommand,
  lockServer,
  restartServer,
  shutdownServer,
} from '../src/index.js'
import { type ServerThread, startServerThread } from './server-thread.js'

/** The parts that differ between flavors. */
interface Flavor<K extends Kind> {
  readonly name: string
  connect(port: number): Promise<RconClient<K>>
  /** The result of an operation; if one throws instead of rejecting, this throws too. */
  result<T>(call: () => Result<K, T>): Promise<T>
}

const OPTIONS = { playersIntervalMs: 0 }
const HOST = '127.0.0.1'
const PASSWORD = 'hunter2'
// Long enough for the server to receive the command, which it does not answer.
const SILENCE = { timeoutMs: 100 }
const GONE = { answered: false, remark: undefined }

let thread: ServerThread

beforeAll(async () => {
  thread = await startServerThread()
})
afterAll(() => thread.end())

describeFlavor<'promise'>({
  name: 'the promise client',
  connect: (port) => new AsyncRconClient(OPTIONS).connect(HOST, port, PASSWORD),
  result: (call) => call(),
})

describeFlavor<'observable'>({
  name: 'the observable client',
  // Not `firstValueFrom`, which would unsubscribe, and so close the client.
  connect: (port) =>
    new Promise((resolve, reject) => {
      new RxRconClient(OPTIONS).connect(HOST, port, PASSWORD).subscribe({ next: resolve, error: reject })
    }),
  result: (call) => firstValueFrom(call()),
})

describeFlavor<'sync'>({
  name: 'the blocking client',
  connect: async (port) => new SyncRconClient(OPTIONS).connect(HOST, port, PASSWORD),
  result: async (call) => call(),
})

type Row<K extends Kind> = readonly [
  act: (server: ArmaServer<K>) => Result<K, unknown>,
  bytes: string,
  result: unknown,
]

/** Each operation, the bytes it sends as characters, and its result for an empty reply. */
function operations<K extends Kind>(): { readonly [Name in keyof ArmaServer<K>]: Row<K> } {
  const came = { answered: true, remark: undefined }
  return {
    lockServer: [(server) => server.lockServer(), '#lock', undefined],
    unlockServer: [(server) => server.unlockServer(), '#unlock', undefined],
    restartMission: [(server) => server.restartMission(), '#restart', undefined],
    restartAndReassign: [(server) => server.restartAndReassign(), '#reassign', undefined],
    selectMission: [
      (server) => server.selectMission('Zoë.pbo', 'veteran'),
      '#mission Zo\xc3\xab veteran',
      undefined,
    ],
    chooseMission: [(server) => server.chooseMission(), '#missions', undefined],
    shutdownServer: [(server) => server.shutdownServer(), '#shutdown', came],
    restartServer: [(server) => server.restartServer(), '#restartserver', came],
    shutdownServerAfterMission: [
      (server) => server.shutdownServerAfterMission(),
      '#shutdownserveraftermission',
      undefined,
    ],
    restartServerAfterMission: [
      (server) => server.restartServerAfterMission(),
      '#restartserveraftermission',
      undefined,
    ],
    reloadConfig: [(server) => server.reloadConfig(), '#init', undefined],
    monitor: [(server) => server.monitor(5), '#monitords 5', undefined],
    kickFromGame: [(server) => server.kickFromGame('Two Wörds'), '#kick Two W\xc3\xb6rds', undefined],
  }
}

function describeFlavor<K extends Kind>(flavor: Flavor<K>): void {
  describe(flavor.name, () => {
    const clients: RconClient<K>[] = []
    const connect = async (port: number) => {
      const client = await flavor.connect(port)
      clients.push(client)
      return client
    }
    afterEach(async () => {
      for (const client of clients.splice(0)) client.close()
      await thread.takeCommands()
    })

    test('sends each command byte for byte, once, and returns the text of its reply', async () => {
      const server = arma(await connect(thread.ports.answering))
      const table: readonly Row<K>[] = Object.values(operations<K>())
      const given: unknown[] = []
      for (const [act] of table) given.push(await flavor.result(() => act(server)))
      expect(given).toEqual(table.map(([, , result]) => result))
      expect(await thread.takeCommands()).toEqual(table.map(([, bytes]) => bytes))
    })

    test('refuses a bad argument like other failures, and sends no command', async () => {
      const server = arma(await connect(thread.ports.answering))
      const refused = { code: 'invalid-argument' }
      await expect(flavor.result(() => server.selectMission('a', 'b c'))).rejects.toMatchObject(refused)
      await expect(flavor.result(() => server.monitor(-1))).rejects.toMatchObject(refused)
      await expect(flavor.result(() => server.kickFromGame('a\nb'))).rejects.toMatchObject(refused)
      expect(await thread.takeCommands()).toEqual([])
    })

    test('accepts no reply if the server goes away, and says so in the result', async () => {
      const client = await connect(thread.ports.silent)
      const server = arma(client)
      expect(await flavor.result(() => server.shutdownServer(SILENCE))).toEqual(GONE)
      expect(await flavor.result(() => server.restartServer(SILENCE))).toEqual(GONE)
      const run = (command: GameCommand<unknown>) => flavor.result(() => client.run(command, SILENCE))
      expect(await run(shutdownServer())).toEqual(GONE)
      expect(await run(restartServer())).toEqual(GONE)
      expect(await thread.takeCommands()).toEqual([
        '#shutdown',
        '#restartserver',
        '#shutdown',
        '#restartserver',
      ])
    })

    test('fails without a reply for other commands, and if no command was sent', async () => {
      const client = await connect(thread.ports.silent)
      const silence = { code: 'command-timeout', outcome: 'unknown' }
      await expect(flavor.result(() => arma(client).lockServer(SILENCE))).rejects.toMatchObject(silence)
      await expect(flavor.result(() => client.run(lockServer(), SILENCE))).rejects.toMatchObject(silence)
      client.close()
      await expect(flavor.result(() => arma(client).shutdownServer())).rejects.toMatchObject({
        code: 'closed',
      })
    })
  })
}
