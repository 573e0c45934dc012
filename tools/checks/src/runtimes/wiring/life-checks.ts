import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { MISSIONS, NERVOUS } from '@bercon/contract/scene'
import type { Check } from './flavors.js'

/** How a login is lost, replaced, and ended. */
export const LIFE_CHECKS: readonly Check[] = [
  {
    name: 'comes back by itself when the server was restarted',
    run: async (scene) => {
      const client = await scene.connected(NERVOUS)
      const logins = scene.record(client, 'connect')
      await scene.restart({ port: scene.port })
      await scene.until(client, () => logins.length > 0)
      deepEqual(await scene.done(() => client.fetchMissions()), MISSIONS)
    },
  },
  {
    name: 'can be closed twice, and does nothing afterwards',
    run: async (scene) => {
      const client = await scene.connected()
      await scene.flavor.close(client)
      await scene.flavor.close(client)
      equal(client.state, 'closed')
      await rejects(
        scene.done(() => client.fetchPlayers()),
        { code: 'closed', outcome: 'not-sent' },
      )
    },
  },
]

/** For clients whose calls do not block. */
export const PENDING_CHECKS: readonly Check[] = [
  {
    name: 'is closed while a command waits for its reply, and that says so',
    run: async (scene) => {
      const client = await scene.connected()
      await scene.server.answerNext('silence')
      const failed = rejects(
        scene.done(() => client.kick(3)),
        { code: 'closed', outcome: 'unknown' },
      )
      await scene.until(client, async () => (await scene.server.commands()).length > 0)
      await scene.flavor.close(client)
      await failed
    },
  },
  {
    name: 'is closed during a login, and that says so',
    run: async (scene) => {
      await scene.server.crash()
      const client = scene.newClient()
      const failed = rejects(scene.connect(client), { code: 'closed' })
      await scene.until(client, () => client.state === 'connecting')
      await scene.flavor.close(client)
      await failed
    },
  },
]

/** For clients whose calls block. */
export const BLOCKING_CHECKS: readonly Check[] = [
  {
    name: 'may be left open when the process ends',
    run: async (scene) => {
      // Not a client of the scene, which closes its own: the process must end nevertheless.
      const client = scene.flavor.create({})
      await scene.connect(client)
      ok(client.isConnected())
    },
  },
]
