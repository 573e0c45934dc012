// @ts-nocheck
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ERROR_SAMPLES, SECRET } from '../../test/error-samples.js'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { rconPassword } from '../commands/maintenance.js'
import { anyCommand } from '../commands/plain-reply.js'
import { connectionOptions } from '../connection/connection-options.js'
import { ServerConnection } from '../connection/server-connection.js'
import { ask } from '../steps.js'
import { MemoryTransport, VirtualClock } from '../testing/index.js'
import { errorToData } from './error-data.js'

/** Every way in which an error can reach a log, except for the paths in its stack. */
function shown(error: unknown): string {
  return [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    String(error),
    JSON.stringify(errorToData(error)),
  ].join()
}

describe('a password is in no error', () => {
  it.each(Object.values(ERROR_SAMPLES))('$code', (error) => {
    expect(shown(error)).not.toContain(SECRET)
  })

  it.each([
    `RConPassword ${SECRET}\n`,
    ` rconpassword ${SECRET}\0`,
    `\tRConPassword ${SECRET}\n`,
    `\u00a0RConPassword ${SECRET}\n`,
    `RCONPASSWORD ${SECRET}${'x'.repeat(2_000)}`,
  ])('of a refused command', (text) => {
    let error: unknown
    try {
      ask(anyCommand(text, false)).next()
    } catch (caught) {
      error = caught
    }
    expect(error).toMatchObject({ code: 'invalid-argument', argument: 'command' })
    expect(shown(error)).not.toContain(SECRET)
  })

  it.each([`${SECRET} `, `${SECRET}\n`, SECRET.repeat(5)])('of a refused new password', (password) => {
    let error: unknown
    try {
      rconPassword(password)
    } catch (caught) {
      error = caught
    }
    expect(error).toMatchObject({ code: 'invalid-argument', argument: 'password' })
    expect(shown(error)).not.toContain(SECRET)
  })

  it.each([
    ['port', ['192.0.2.1', SECRET, 2302]],
    ['host', [2302, SECRET, '192.0.2.1']],
    ['host', [`${SECRET} x`, 2302, '192.0.2.1']],
    ['host', [{ host: '192.0.2.1', port: 2302, password: SECRET }]],
    ['password', ['192.0.2.1', 2302, { password: SECRET }]],
    ['password', ['192.0.2.1', 2302, `${SECRET}\0`]],
    ['password', ['192.0.2.1', 2302, SECRET.repeat(500)]],
  ])('of connect with arguments in the wrong order, which names the %s', async (argument, given) => {
    const clock = new VirtualClock()
    const connection = new ServerConnection({ transport: new MemoryTransport(clock, new Map()), clock })
    const [host, port, password] = given as never[]
    const error = await connection.open({ host, port, password } as never).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'invalid-argument', argument })
    expect(shown(error)).not.toContain(SECRET)
  })

  it.each([
    { password: SECRET },
    { pasword: SECRET },
    { keepAliveMs: SECRET },
    { reconnectDelayMs: [SECRET] },
  ])('of unknown options: %j', (options) => {
    let error: unknown
    try {
      connectionOptions(options as object)
    } catch (caught) {
      error = caught
    }
    expect(error).toMatchObject({ code: 'invalid-argument', argument: Object.keys(options)[0] })
    expect(shown(error)).not.toContain(SECRET)
  })

  it('of a login, nor in its connection', async () => {
    const clock = new VirtualClock()
    const peer = new ScriptedPeer()
    const transport = new MemoryTransport(clock, new Map([['192.0.2.1', peer]]))
    const connection = new ServerConnection({ transport, clock })
    const connected = connection
      .open({ host: '192.0.2.1', port: 2302, password: SECRET })
      .catch((error: unknown) => error)
    expect(shown(connection)).not.toContain(SECRET)
    await clock.run(0)
    const refusal = await connected
    expect(refusal).toMatchObject({ code: 'login-refused' })
    expect(shown(refusal)).not.toContain(SECRET)
    expect(shown(connection)).not.toContain(SECRET)
  })
})

it('a command without a password is shown', () => {
  expect(() => ask(anyCommand('kick 3\n', false)).next()).toThrow(
    expect.objectContaining({ value: 'kick 3\n' }),
  )
})
