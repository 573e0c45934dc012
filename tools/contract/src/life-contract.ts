import type { ConnectionOptions, Kind, RconClient } from '@bercon/core'
import { expect, it } from 'vitest'
import { NERVOUS } from './scene/flavor.js'
import type { Stage } from './stage.js'

const IMPATIENT: Partial<ConnectionOptions> = { loginTimeoutMs: 150, loginResendIntervalMs: 50 }

export function lifeContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('is not logged in and sends no datagram before connect', () => {
    const client = stage.newClient()
    expect(client.isConnected()).toBe(false)
    expect(client.isLoggedIn()).toBeUndefined()
    expect(client.isRunning()).toBe(false)
    expect(client.state).toBe('idle')
    expect(client.adminId).toBeUndefined()
    expect(client.kind).toBe(stage.flavor.create({}).kind)
  })

  it('is logged in and has its own admin number after connect', async () => {
    const client = await stage.connected()
    expect(client.isConnected()).toBe(true)
    expect(client.isLoggedIn()).toBe(true)
    expect(client.isRunning()).toBe(true)
    expect(client.state).toBe('connected')
    expect(client.adminId).toBe(0)
    expect(client.statistics).toMatchObject({ logins: 1 })
    expect(await stage.server.admins()).toHaveLength(1)
  })

  it('keeps its own admin number when others log in', async () => {
    const first = await stage.connected()
    const logins = stage.record(first, 'adminLogin')
    const second = await stage.connected()
    await stage.until(first, () => logins.length > 0)
    expect([first.adminId, second.adminId]).toEqual([0, 1])
  })

  it('can be closed twice, and before it was connected', async () => {
    const client = await stage.connected()
    await stage.flavor.close(client)
    await stage.flavor.close(client)
    expect(client.isConnected()).toBe(false)
    expect(client.isLoggedIn()).toBeUndefined()
    expect(client.isRunning()).toBe(false)
    expect(client.state).toBe('closed')
    const idle = stage.newClient()
    await stage.flavor.close(idle)
    expect(idle.state).toBe('closed')
  })

  it('is refused with a wrong password, reports that, and can try again with the right one', async () => {
    const client = stage.newClient()
    const refusal = { code: 'login-refused', host: '127.0.0.1', attempts: expect.any(Number) }
    await expect(stage.connect(client, 'wrong')).rejects.toMatchObject(refusal)
    expect(client.isConnected()).toBe(false)
    expect(client.isRunning()).toBe(false)
    expect(() => client.isLoggedIn()).toThrow('refused the password')
    await stage.connect(client)
    expect(client.isLoggedIn()).toBe(true)
  })

  it('fails when no server answers, and can be tried again', async () => {
    await stage.server.crash()
    const client = stage.newClient(IMPATIENT)
    // Their number depends on the machine; the tests of the connection count them in virtual time.
    const failure = { code: 'login-timeout', host: '127.0.0.1', attempts: expect.any(Number) }
    await expect(stage.connect(client)).rejects.toMatchObject(failure)
    expect(client.isLoggedIn()).toBeUndefined()
    expect(client.isRunning()).toBe(false)
    await stage.server.revive()
    // So little time is not enough for every login on a busy machine.
    while (!client.isConnected())
      await stage.connect(client).catch((error: unknown) => expect(error).toMatchObject(failure))
    expect(client.isConnected()).toBe(true)
  })

  it('refuses a second connect, and stays connected', async () => {
    const client = await stage.connected()
    await expect(stage.connect(client)).rejects.toMatchObject({
      code: 'already-connected',
      host: '127.0.0.1',
    })
    expect(client.isConnected()).toBe(true)
  })

  it('connects again after close, with a new login', async () => {
    const client = await stage.connected()
    await stage.flavor.close(client)
    await expect(stage.done(() => client.kick(3))).rejects.toMatchObject({ code: 'closed' })
    await stage.connect(client)
    await stage.until(client, () => client.adminId !== undefined)
    expect([client.state, client.isLoggedIn(), client.adminId]).toEqual(['connected', true, 1])
    expect(await stage.done(() => client.fetchMissions())).not.toEqual([])
    expect(client.statistics).toMatchObject({ logins: 2 })
    await stage.flavor.close(client)
    expect(client.state).toBe('closed')
    const idle = stage.newClient()
    await stage.flavor.close(idle)
    await stage.connect(idle)
    expect(idle.isConnected()).toBe(true)
  })

  it('connects to another server after close, and keeps no players of the first', async () => {
    await stage.server.join({ name: 'Ann' })
    const client = await stage.connected()
    await stage.done(() => client.fetchPlayers())
    await stage.until(client, () => client.players.length === 1)
    await stage.flavor.close(client)
    expect(client.players.map(({ name }) => name)).toEqual(['Ann'])
    await stage.restart()
    await stage.server.join({ name: 'Bob', slot: 5 })
    const changes = stage.record(client, 'joinOrLeave')
    const gaps = stage.record(client, 'gap')
    await stage.connect(client)
    await stage.until(client, () => client.adminId !== undefined)
    expect(client.players).toEqual([])
    await stage.done(() => client.fetchPlayers())
    await stage.until(client, () => client.players.length === 1)
    expect(client.players.map(({ id, name }) => [id, name])).toEqual([[5, 'Bob']])
    expect([changes, gaps]).toEqual([[], []])
  })

  it('a listener of the end can connect again', async () => {
    const client = await stage.connected()
    const ends: string[] = []
    let again: Promise<unknown> = Promise.resolve()
    client.listen('disconnect', ({ reason }) => {
      ends.push(`${reason} ${client.state}`)
      if (ends.length === 1) again = stage.connect(client)
    })
    await stage.flavor.close(client)
    await again
    await stage.until(client, () => client.isConnected())
    expect(ends).toEqual(['closed closed'])
    expect(await stage.done(() => client.fetchMissions())).not.toEqual([])
  })

  it.each([
    ['host', '', 2306, 'hunter2'],
    ['port', '127.0.0.1', 0, 'hunter2'],
    ['port', '127.0.0.1', 65_536, 'hunter2'],
    ['port', '127.0.0.1', 2306.5, 'hunter2'],
    ['password', '127.0.0.1', 2306, ''],
    ['password', '127.0.0.1', 2306, 'a\0b'],
  ])('refuses a bad %s by name: %j %d %j', async (argument, host, port, password) => {
    const client = stage.newClient()
    const refusal = { code: 'invalid-argument', argument }
    await expect(stage.flavor.connect(client, host, port, password)).rejects.toMatchObject(refusal)
    expect(client.state).toBe('idle')
  })

  it('refuses by name an option that is out of range or unknown', () => {
    expect(() => stage.flavor.create({ maxInFlight: 0 })).toThrow('maxInFlight')
    expect(() => stage.flavor.create({ encoding: 'utf-16le' })).toThrow('TextDecoder supports')
    const misspelt = { loginTimeout: 5 } as Partial<ConnectionOptions>
    expect(() => stage.flavor.create(misspelt)).toThrow('loginTimeout')
  })

  it('suggests the intended option for a misspelled one', () => {
    expect(() => stage.flavor.create({ keepAliveMS: 3 } as Partial<ConnectionOptions>)).toThrow(
      'There is no option "keepAliveMS"; did you mean "keepAliveMs"?',
    )
  })

  it.each(['cache', 'dispatch', 'dialect'])('refuses a %s of the wrong shape by name', (argument) => {
    for (const value of [{}, 'text', 3]) {
      const create = () => stage.flavor.create({ [argument]: value } as Partial<ConnectionOptions>)
      expect(create).toThrow(expect.objectContaining({ code: 'invalid-argument', argument }))
      expect(create).toThrow(/must be an object with the methods? /)
    }
  })

  it.each([
    ['on_login', () => {}, 'There is no event "on_login"; did you mean "login"?'],
    ['login ', () => {}, 'There is no event "login "; did you mean "login"?'],
    ['cheese', () => {}, 'declare an event of your own'],
    ['login', undefined, 'The listener of "login" is missing'],
    ['login', 'hunter2', 'listener must be a function, but is a string'],
    [function on_login() {}, undefined, 'the second the listener; did you mean "login"?'],
  ])('refuses to listen to %j', (name, listener, message) => {
    const client = stage.newClient()
    for (const add of ['listen', 'addListener'] as const)
      expect(() => client[add](name as never, listener as never)).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
      )
  })

  it('accepts your own events once they are declared', () => {
    const { dispatch } = stage.newClient()
    dispatch.declare(['raid' as never])
    const heard: unknown[] = []
    dispatch.on('raid' as never, (event) => heard.push(event))
    dispatch.emit('raid' as never, 'north' as never)
    expect(heard).toEqual(['north'])
    expect(() => dispatch.emit('ride' as never, 'north' as never)).toThrow('There is no event "ride"')
  })

  it('refuses an unknown option of connect and of a command by name, without its value', async () => {
    const options = { timeout: 'hunter2' } as object
    const refused = { code: 'invalid-argument', argument: 'timeout', value: 'a string' }
    const client = await stage.connected()
    await expect(stage.done(() => client.kick(3, 'x', options))).rejects.toMatchObject(refused)
    await expect(stage.done(() => client.kick(3, 'x', options))).rejects.not.toThrow('hunter2')
  })

  it('refuses by name an option that a call does not have, and suggests the intended one', async () => {
    const client = await stage.connected()
    const resend = { resend: true } as object
    await expect(stage.done(() => client.kick(3, 'x', resend))).rejects.toThrow(
      'There is no option "resend"; the options are timeoutMs and signal',
    )
    const resent = { resent: true } as object
    await expect(stage.done(() => client.sendCommand('version', resent))).rejects.toThrow(
      'There is no option "resent"; did you mean "resend"?',
    )
    expect(() => client.parseBans('GUID Bans:\n\nIP Bans:\n', { class: Object } as object)).toThrow(
      'There is no option "class"; the only option is cls',
    )
    expect(() => client.findPlayers({ nmae: 'Ann' } as never)).toThrow(
      'There is no option "nmae"; did you mean "name"?',
    )
    expect(await stage.commandPayloads()).toEqual([])
  })

  it('refuses options that are not an object', () => {
    expect(() => stage.flavor.create('127.0.0.1' as never)).toThrow(
      'options must be an object, but is a string',
    )
  })

  it.each([
    ['transprt', 'transport'],
    ['cahce', 'cache'],
    ['dialct', 'dialect'],
  ])('suggests the part that the misspelled option %s means', (given, meant) => {
    const create = () => stage.flavor.create({ [given]: {} } as Partial<ConnectionOptions>)
    // The blocking client opens its own transport.
    if (stage.flavor.signal === 'is refused' && meant === 'transport')
      expect(create).toThrow(`There is no option "${given}"`)
    else expect(create).toThrow(`There is no option "${given}"; did you mean "${meant}"?`)
  })

  it('refuses a check of a reply without the reply', () => {
    const check = stage.newClient().checkDisallowedCommand as (reply: string) => void
    expect(() => check('Disallowed command')).toThrow('the reply is missing')
  })

  it.each(['password', 'pasword', 'loginTimeoutMs'])(
    'shows no password that is given as the option %s',
    (name) => {
      const create = () => stage.flavor.create({ [name]: 'hunter2' } as Partial<ConnectionOptions>)
      expect(create).toThrow(
        expect.objectContaining({ code: 'invalid-argument', argument: name, value: 'a string' }),
      )
      expect(create).not.toThrow('hunter2')
    },
  )

  it('shows no password in the place of the port', async () => {
    const wrong = ['hunter2', 2306] as unknown as [number, string]
    const failed = stage.flavor.connect(stage.newClient(), '127.0.0.1', ...wrong)
    await expect(failed).rejects.toMatchObject({ argument: 'port', value: 'a string' })
    await expect(failed).rejects.not.toThrow('hunter2')
  })

  it('reconnects by itself when the server returns', async () => {
    const client = await stage.connected(NERVOUS)
    await stage.server.crash()
    await stage.until(client, () => !client.isConnected())
    expect(client.isRunning()).toBe(true)
    expect(client.isLoggedIn()).toBeUndefined()
    await stage.server.revive()
    await stage.until(client, () => client.isConnected())
    expect(await stage.done(() => client.fetchMissions())).not.toEqual([])
  })

  it('ends when the password is refused at a reconnect', async () => {
    const client = await stage.connected(NERVOUS)
    await stage.server.crash()
    await stage.server.setPassword('another')
    await stage.server.revive()
    await stage.until(client, () => !client.isRunning())
    await stage.until(client, () => client.state === 'closed')
    expect(() => client.isLoggedIn()).toThrow('refused the password')
    await expect(stage.done(() => client.fetchPlayers())).rejects.toMatchObject({ code: 'login-refused' })
    await stage.connect(client, 'another')
    expect(client.isLoggedIn()).toBe(true)
  })
}
