import { expect, it } from 'vitest'
import { RconServer } from './rcon-server.js'

it.each([
  ['maxPeers', { maxPeers: 0 }],
  ['maxLoginAttempts', { maxLoginAttempts: Number.POSITIVE_INFINITY }],
  ['whenFull', { whenFull: 'wait' as never }],
  ['announceLogins', { announceLogins: 1 as never }],
  ['loginWindowMs', { loginWindowMs: -1 }],
  ['maxTrackedAddresses', { maxTrackedAddresses: 1.5 }],
  ['clientTimeoutMs', { clientTimeoutMs: Number.NaN }],
  ['loss', { network: { loss: 2 } }],
  ['speed', { speed: 1 }],
  ['onCommand', { onCommand: undefined as never }],
  ['onEvent', { onEvent: 5 as never }],
  ['openSocket', { openSocket: 3 as never }],
  ['network', { network: 5 as never }],
  ['network', { network: null as never }],
  ['clock', { clock: {} as never }],
  ['clock', { clock: null as never }],
  ['clock', { clock: { now: () => 0 } as never }],
  ['password', { password: undefined as never }],
  ['password', { password: 'two\0halves' }],
  ['password', { authenticate: (): undefined => undefined }],
  ['authenticate', { password: undefined, authenticate: 5 as never }],
  ['clientTimeoutMs', { password: undefined, authenticate: (): undefined => undefined, clientTimeoutMs: -1 }],
])('refuses a bad %s by name', (argument, options) => {
  const given = { password: 'hunter2', onCommand: () => '', ...options }
  expect(() => new RconServer(given)).toThrow(expect.objectContaining({ code: 'invalid-argument', argument }))
})

it.each([
  ['onComand', 'onCommand'],
  ['maxPeer', 'maxPeers'],
  ['sentOnceBytes', undefined],
])('refuses the option %s, and suggests the one that was meant', (given, meant) => {
  const options = { password: 'hunter2', onCommand: () => '', [given]: 'hunter3' }
  const message = `There is no option "${given}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`
  expect(() => new RconServer(options)).toThrow(expect.objectContaining({ message, value: 'a string' }))
})

it('refuses an unknown option of listen, and suggests the one that was meant', async () => {
  const server = new RconServer({ password: 'hunter2', onCommand: () => '' })
  await expect(server.listen({ prot: 2306 } as object)).rejects.toThrow(
    'There is no option "prot"; did you mean "port"?',
  )
})

it.each([
  ['host', { host: '' }],
  ['host', { host: 5 as never }],
  ['host', { host: null as never }],
  ['port', { port: 65_536 }],
])('refuses to listen at a bad %s', async (argument, options) => {
  const server = new RconServer({ password: 'hunter2', onCommand: () => '' })
  await expect(server.listen(options)).rejects.toMatchObject({ code: 'invalid-argument', argument })
  expect(server.state).toBe('idle')
})
