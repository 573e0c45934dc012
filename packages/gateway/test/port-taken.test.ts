// An address that somebody else has: the failure is the one of `listen`, and is reported nowhere else.
import { RconPool } from '@bercon/client'
import { Gateway, type GatewayEvent } from '@bercon/gateway'
import { expect, it, onTestFinished } from 'vitest'

async function start() {
  const events: GatewayEvent[] = []
  const pool = new RconPool()
  const audit = { append: () => {}, close: () => {} }
  const onEvent = (event: GatewayEvent) => events.push(event)
  const gateway = new Gateway({ servers: pool, users: {}, roles: {}, audit, onEvent })
  onTestFinished(async () => {
    await gateway.close()
    await pool.close()
  })
  return { gateway, events }
}

it('fails once, and the gateway can listen elsewhere', async () => {
  const [first, second] = [await start(), await start()]
  const { http, battleye } = await first.gateway.listen({ http: { port: 0 }, battleye: { altis: {} } })
  const port = http?.port ?? 0
  await expect(second.gateway.listen({ http: { port } })).rejects.toMatchObject({
    code: 'server-failure',
    message: expect.stringContaining(`127.0.0.1:${port}`),
  })
  const [front] = Object.values(battleye)
  const taken = { altis: { port: front?.port ?? 0 } }
  await expect(second.gateway.listen({ battleye: taken })).rejects.toMatchObject({ code: 'server-failure' })
  await second.gateway.listen({ http: { port: 0 }, battleye: { altis: {} } })
  expect(second.events).toEqual([])
})
