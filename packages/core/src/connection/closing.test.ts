import { encodeText } from '@bercon/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { MemoryTransport, settled, VirtualClock } from '../testing/index.js'
import type { ConnectionOptions } from './connection-options.js'
import type { Transport } from './connection-parts.js'
import { battleye, type Dialect } from './dialect.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: '192.0.2.1', port: 2302, password: 'hunter2' }

function newConnection(
  wrap: (transport: Transport) => Transport = (transport) => transport,
  dialect: Dialect = battleye,
  options: Partial<ConnectionOptions> = { forgottenAfterPackets: 2, forgottenAfterMs: 5_000 },
) {
  const clock = new VirtualClock()
  const peer = new ScriptedPeer()
  const transport = new MemoryTransport(clock, new Map([[TARGET.host, peer]]))
  const connection = new ServerConnection({ transport: wrap(transport), clock, dialect }, options)
  return { clock, peer, transport, connection }
}

async function newLogin(dialect?: Dialect, options?: Partial<ConnectionOptions>) {
  const stage = newConnection(undefined, dialect, options)
  const opened = stage.connection.open(TARGET)
  await stage.clock.run(0)
  await opened
  return stage
}

/** Closes it, and returns what is left without the clock having moved. */
async function closeAndLook({ clock, transport, connection }: ReturnType<typeof newConnection>) {
  const now = clock.now()
  connection.close()
  await settled()
  await expect(connection.closed).resolves.toBeUndefined()
  return {
    state: connection.state,
    sockets: transport.sockets,
    timers: clock.timers,
    tookMs: clock.now() - now,
  }
}

const NOTHING_LEFT = { state: 'closed', sockets: 0, timers: 0, tookMs: 0 }

describe('close settles everything at once, and leaves no timer and no socket', () => {
  it('before the first login', async () => {
    expect(await closeAndLook(newConnection())).toEqual(NOTHING_LEFT)
  })

  it('during the first login', async () => {
    const stage = newConnection()
    stage.peer.isSilent = true
    const opened = expect(stage.connection.open(TARGET)).rejects.toMatchObject({ code: 'closed' })
    const waiting = stage.connection.exchange({ text: 'players', resend: true })
    const failed = expect(waiting).rejects.toMatchObject({ code: 'closed', outcome: 'not-sent' })
    await stage.clock.run(3_500)
    expect(await closeAndLook(stage)).toEqual(NOTHING_LEFT)
    await Promise.all([opened, failed])
  })

  it('during the lookup, and while a socket is opened', async () => {
    for (const name of ['resolve', 'open'] as const) {
      const never = () => new Promise<never>(() => {})
      const stage = newConnection((transport) => ({
        resolve: name === 'resolve' ? never : (host) => transport.resolve(host),
        open: name === 'open' ? never : transport.open.bind(transport),
      }))
      const opened = expect(stage.connection.open(TARGET)).rejects.toMatchObject({ code: 'closed' })
      await settled()
      expect(await closeAndLook(stage)).toEqual(NOTHING_LEFT)
      await opened
    }
  })

  it('and a socket that opens afterwards is closed again', async () => {
    let giveSocket = () => {}
    const stage = newConnection((transport) => ({
      resolve: (host) => transport.resolve(host),
      open: async (address, port, receiver) => {
        await new Promise<void>((resolve) => {
          giveSocket = resolve
        })
        return transport.open(address, port, receiver)
      },
    }))
    const opened = expect(stage.connection.open(TARGET)).rejects.toMatchObject({ code: 'closed' })
    await settled()
    stage.connection.close()
    giveSocket()
    await stage.clock.run(60_000)
    await opened
    expect([stage.transport.sockets, stage.peer.logins, stage.clock.timers]).toEqual([0, 0, 0])
  })

  it('during a back-off', async () => {
    const stage = await newLogin()
    stage.peer.isSilent = true
    // While a login is tried there is a socket, in between there is none.
    while (stage.transport.sockets > 0) await stage.clock.run(100)
    expect(stage.connection.state).toBe('reconnecting')
    const waiting = stage.connection.exchange({ text: 'players', resend: true })
    const failed = expect(waiting).rejects.toMatchObject({ code: 'closed' })
    expect(await closeAndLook(stage)).toEqual(NOTHING_LEFT)
    await failed
  })

  it('with 500 commands waiting', async () => {
    const stage = await newLogin()
    stage.peer.reply = () => undefined
    const asked = Array.from({ length: 500 }, (_, index) =>
      stage.connection.exchange({ text: `kick ${index}`, resend: index % 2 === 0 }).then(
        () => 'replied',
        ({ code, outcome }) => `${code} ${outcome}`,
      ),
    )
    await stage.clock.run(0)
    expect(await closeAndLook(stage)).toEqual(NOTHING_LEFT)
    const outcomes = await Promise.all(asked)
    // At most 64 are in flight, and the refresh at the login is one of them.
    expect(outcomes.filter((outcome) => outcome === 'closed unknown')).toHaveLength(64)
    expect(outcomes.filter((outcome) => outcome === 'closed not-sent')).toHaveLength(436)
  })

  it('at any event, from a listener', async () => {
    for (const name of ['connect', 'message', 'command', 'disconnect', 'reconnecting'] as const) {
      const stage = newConnection()
      const { clock, peer, connection } = stage
      const emitted: string[] = []
      connection.subscribe(({ type }) => {
        emitted.push(type)
        if (type === name) connection.close()
      })
      connection.open(TARGET).catch(() => {})
      await clock.run(0)
      peer.say('hello')
      const replies = ['players', 'kick 3'].map((text) =>
        connection
          .exchange({ text, resend: text === 'players' }, { timeoutMs: 1_000_000 })
          .catch(() => 'failed'),
      )
      await clock.run(0)
      peer.isSilent = true
      await clock.run(600_000)
      expect(await Promise.all(replies)).toHaveLength(2)
      const left = [connection.state, stage.transport.sockets, clock.timers]
      expect(left, name).toEqual(['closed', 0, 0])
      expect(emitted.filter((type) => type === 'reconnecting').length, name).toBe(
        name === 'reconnecting' ? 1 : 0,
      )
    }
  })

  it('when the login is lost with commands in flight, from a listener', async () => {
    const { clock, peer, connection, transport } = await newLogin()
    connection.subscribe(({ type }) => type === 'disconnect' && connection.close())
    peer.isSilent = true
    const replies = ['players', 'bans', 'kick 3'].map((text) =>
      connection
        .exchange({ text, resend: text !== 'kick 3' }, { timeoutMs: 1_000_000 })
        .catch(({ code }) => code),
    )
    await clock.run(60_000)
    expect([connection.state, transport.sockets, clock.timers]).toEqual(['closed', 0, 0])
    for (const code of await Promise.all(replies)) expect(['closed', 'connection-lost']).toContain(code)
  })
})

it('nothing is received after close', async () => {
  const { clock, peer, connection } = await newLogin()
  const emitted: string[] = []
  connection.subscribe(({ type }) => emitted.push(type))
  peer.say('on its way')
  connection.close()
  await clock.run(1_000)
  expect(emitted).toEqual(['disconnect'])
})

describe('what arrives with the datagram at which a listener closed the connection', () => {
  /** A connection whose server is silent; a listener of `responsive` closes it, and calls `then`. */
  async function silenced(then: (connection: ServerConnection) => void = () => {}) {
    const { clock, peer, connection } = await newLogin(battleye, { forgottenAfterMs: 600_000 })
    peer.isSilent = true
    const asked = connection.exchange({ text: 'missions', resend: true }, { timeoutMs: 1_000_000 })
    while (connection.state === 'connected') await clock.run(100)
    expect(connection.state).toBe('unresponsive')
    const emitted: string[] = []
    connection.subscribe(({ type }) => {
      emitted.push(type)
      if (type !== 'responsive') return
      connection.close()
      then(connection)
    })
    peer.isSilent = false
    return { clock, peer, connection, asked, emitted }
  }

  it('is not emitted if it is a message', async () => {
    const { clock, peer, asked, emitted } = await silenced()
    const failed = expect(asked).rejects.toMatchObject({ code: 'closed' })
    peer.say('hello')
    await clock.run(0)
    await failed
    expect(emitted).toEqual(['responsive', 'disconnect'])
  })

  it('is returned but not emitted if it is a reply, also to a connection that is opened again', async () => {
    const { clock, peer, connection, asked, emitted } = await silenced((closed) => {
      closed.open({ ...TARGET, host: '192.0.2.9' }).catch(() => {})
    })
    peer.reply = (command) => (command === 'missions' ? 'done' : undefined)
    await clock.run(5_000)
    expect(await asked).toBe('done')
    expect(emitted).toEqual(['responsive', 'disconnect'])
    expect([connection.state, connection.heardAt]).toEqual(['connecting', undefined])
  })
})

it('a second close has no effect', async () => {
  const { connection } = await newLogin()
  const emitted: string[] = []
  connection.subscribe(({ type }) => emitted.push(type))
  connection.close()
  connection.close()
  expect(emitted).toEqual(['disconnect'])
})

describe('a session that logs out', () => {
  let left: string[] = []
  const polite: Dialect = {
    ...battleye,
    createSession: (options) => {
      const session = battleye.createSession(options)
      const leave = (now: number) => {
        left.push(session.state)
        session.sendCommand(encodeText('goodbye'), { resend: true }, now)
      }
      return Object.assign(session, { leave })
    },
  }

  beforeEach(() => {
    left = []
  })

  it('is received by the server, and delays nothing', async () => {
    const stage = await newLogin(polite)
    // In virtual time, a datagram in transit is a timer.
    expect(await closeAndLook(stage)).toEqual({ ...NOTHING_LEFT, timers: 1 })
    await stage.clock.run(60_000)
    expect(stage.clock.timers).toBe(0)
    expect(stage.peer.commands.filter((command) => command === 'goodbye')).toHaveLength(1)
    expect(left).toEqual(['logged-in'])
  })

  it('sends nothing if it is not logged in', async () => {
    const stage = newConnection(undefined, polite)
    const opened = expect(stage.connection.open(TARGET)).rejects.toMatchObject({ code: 'closed' })
    expect(await closeAndLook(stage)).toEqual(NOTHING_LEFT)
    await opened
    await stage.clock.run(60_000)
    expect([stage.peer.commands, left]).toEqual([[], []])
  })

  it('sends nothing if its login was lost', async () => {
    const stage = await newLogin(polite)
    stage.peer.isSilent = true
    await stage.clock.run(60_000)
    expect([stage.connection.state, left]).toEqual(['reconnecting', []])
  })
})

describe('a connection that is not open', () => {
  const ask = { text: 'version', resend: true }

  it('carries no command out, and says what to do', async () => {
    const { clock, peer, connection } = newConnection()
    await expect(connection.exchange(ask)).rejects.toMatchObject({
      code: 'not-connected',
      command: 'version',
    })
    peer.password = 'another'
    const refused = expect(connection.open(TARGET)).rejects.toMatchObject({ code: 'login-refused' })
    await clock.run(0)
    await refused
    await expect(connection.exchange(ask)).rejects.toMatchObject({
      code: 'not-connected',
      command: 'version',
    })
    connection.close()
    await expect(connection.exchange(ask)).rejects.toMatchObject({ code: 'login-refused' })
    const other = newConnection().connection
    other.close()
    await expect(other.exchange(ask)).rejects.toMatchObject({
      code: 'closed',
      command: 'version',
      outcome: 'not-sent',
    })
  })

  it('nor one with a bad timeout, or a signal that is aborted already', async () => {
    const { peer, connection } = await newLogin()
    await expect(connection.exchange(ask, { timeoutMs: -1 })).rejects.toMatchObject({ argument: 'timeoutMs' })
    await expect(connection.exchange(ask, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
    expect(peer.commands).not.toContain('version')
  })

  it('does not try a login whose signal is aborted already', async () => {
    const { clock, peer, transport, connection } = newConnection()
    await expect(connection.open(TARGET, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
    await clock.run(60_000)
    expect([peer.logins, transport.sockets, connection.state]).toEqual([0, 0, 'idle'])
  })

  it('fails the login that a close ends, and reports no end of a connection that never was', async () => {
    const { clock, peer, connection } = newConnection()
    peer.isSilent = true
    const events: string[] = []
    connection.subscribe(({ type }) => events.push(type))
    const failed = expect(connection.open(TARGET)).rejects.toMatchObject({
      code: 'closed',
      command: 'connect',
      outcome: 'not-sent',
    })
    await clock.run(10)
    connection.close()
    await failed
    expect(events).toEqual([])
  })
})

it('a close is reported as closed, once', async () => {
  const { connection } = await newLogin()
  const ends: unknown[] = []
  connection.subscribe((event) => event.type === 'disconnect' && ends.push(event.reason))
  connection.close()
  connection.close()
  expect(ends).toEqual(['closed'])
})

it('a connection knows when a reply last came', async () => {
  const { clock, peer, connection } = newConnection()
  expect(connection.heardAt).toBeUndefined()
  const opened = connection.open(TARGET)
  await clock.run(0)
  await opened
  await clock.run(1_000)
  const reply = connection.exchange({ text: 'version', resend: true })
  await clock.run(0)
  await reply
  const heardAt = clock.wallNow()
  peer.isSilent = true
  await clock.run(700)
  expect(connection.heardAt).toBe(heardAt)
})

it('the event of a reply is made only for a listener that wants it', async () => {
  const { clock, connection } = await newLogin()
  const texts: string[] = []
  connection.subscribe(
    (event) => event.type === 'command' && texts.push(event.text),
    (command) => command === 'version',
  )
  for (const text of ['bans', 'version']) {
    const reply = connection.exchange({ text, resend: true })
    await clock.run(0)
    await reply
  }
  expect(texts).toEqual(['version'])
})
