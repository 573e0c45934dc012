import { equal, ok, rejects } from 'node:assert/strict'
import type { Check } from './flavors.js'

/** Logins: accepted, refused, and canceled. */
export const LOGIN_CHECKS: readonly Check[] = [
  {
    name: 'logs in, and learns its own admin number',
    run: async (scene) => {
      const client = await scene.connected()
      equal(client.isLoggedIn(), true)
      equal(client.adminId, 0)
    },
  },
  {
    name: 'is refused with a wrong password, and can try again',
    run: async (scene) => {
      const client = scene.newClient()
      await rejects(scene.connect(client, 'wrong'), { code: 'login-refused' })
      await scene.connect(client)
      ok(client.isConnected())
    },
  },
  {
    // Whether or not the runtime reports the closed port.
    name: 'gives up where nobody is there, and can try again',
    run: async (scene) => {
      const { port } = scene
      await scene.server.stop()
      const client = scene.newClient({ loginTimeoutMs: 300, loginResendIntervalMs: 50 })
      const failure = { code: 'login-timeout' }
      await rejects(scene.connect(client), failure)
      await scene.restart({ port })
      // So little time is not enough for every login on a busy machine.
      while (!client.isConnected())
        await scene.connect(client).catch((error: unknown) => rejects(Promise.reject(error), failure))
    },
  },
]
