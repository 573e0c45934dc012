import type { ConnectionState } from '@bercon/core'
import { errorToData, idleStatistics } from '@bercon/core/kit'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/scripted-connection.js'
import { REFUSAL, ScriptedHost, TARGET } from '../../test/scripted-host.js'
import { RemoteConnection } from './remote-connection.js'

describe('what a host says of its connection', () => {
  it.each<readonly [host: ConnectionState, first: ConnectionState, later: ConnectionState]>([
    ['idle', 'idle', 'reconnecting'],
    ['connecting', 'connecting', 'reconnecting'],
    ['connected', 'connected', 'connected'],
    ['unresponsive', 'unresponsive', 'unresponsive'],
    ['reconnecting', 'reconnecting', 'reconnecting'],
    ['refused', 'refused', 'closed'],
    ['closed', 'closed', 'closed'],
  ])('"%s", is "%s" at first, and "%s" after a login', async (state, first, later) => {
    const fresh = new ScriptedHost()
    await fresh.state({ state })
    expect([fresh.remote.state, fresh.types.includes('connect')]).toEqual([
      first,
      state === 'connected' || state === 'unresponsive',
    ])
    const known = new ScriptedHost()
    await known.state()
    await known.state({ state })
    expect([known.remote.state, known.types.filter((type) => type === 'connect')]).toEqual([
      later,
      ['connect'],
    ])
  })

  it('has the reason of a refusal, which ends the connection only after a login', async () => {
    const refusal = errorToData(REFUSAL)
    const host = new ScriptedHost()
    await host.state({ state: 'refused', refusal })
    expect([host.remote.refusal, host.events]).toEqual([REFUSAL, []])
    await host.state()
    expect(host.remote.refusal).toBeUndefined()
    await host.state({ state: 'refused', refusal })
    await expect(host.remote.closed).resolves.toEqual(REFUSAL)
    expect([host.remote.refusal, host.types]).toEqual([REFUSAL, ['disconnect']])
    expect(host.events.at(-1)).toMatchObject({ reason: 'refused' })
    // The next use begins without it.
    void host.remote.open(TARGET)
    expect(host.remote.refusal).toBeUndefined()
  })

  it('ends the connection as closed where there is no refusal', async () => {
    const host = new ScriptedHost()
    await host.state()
    await host.state({ state: 'closed' })
    await expect(host.remote.closed).resolves.toBeUndefined()
    expect(host.events.at(-1)).toMatchObject({ type: 'disconnect', reason: 'closed' })
    expect(host.heard).toEqual([{ type: 'close' }])
  })

  it('has statistics, which outlast the channel and the use', async () => {
    const host = new ScriptedHost()
    expect(host.remote.statistics).toEqual(idleStatistics())
    const statistics = { ...idleStatistics(), logins: 3 }
    await host.state({ statistics })
    host.cut()
    expect(host.remote.statistics).toEqual(statistics)
    host.remote.close()
    void host.remote.open(TARGET)
    expect(host.remote.statistics).toEqual(statistics)
  })

  it('is followed by the events of a server that is silent already', async () => {
    const host = new ScriptedHost({ name: 'house' })
    await host.clock.run(40)
    const at = host.clock.wallNow() + 5_000
    await host.state({ state: 'unresponsive', at })
    expect(host.events).toEqual([
      { type: 'connect', at, address: 'house', attempts: 0, elapsedMs: 40 },
      { type: 'unresponsive', at, unanswered: 0, silentMs: 0 },
    ])
    await host.replace()
    await host.clock.run(30)
    await host.state()
    expect(host.events.at(-1)).toMatchObject({ type: 'connect', elapsedMs: 30 })
  })

  it('is no event for a user that closes the connection at the one before', async () => {
    const host = new ScriptedHost()
    host.remote.subscribe(({ type }) => {
      if (type === 'connect') host.remote.close()
    })
    await host.state({ state: 'unresponsive' })
    expect([host.remote.state, host.types]).toEqual(['closed', ['connect', 'disconnect']])
  })

  it("sets the time of this side's events by the host's clock", async () => {
    const host = new ScriptedHost()
    const ahead = 3_600_000
    await host.state({ at: host.clock.wallNow() + ahead })
    await host.clock.run(500)
    host.cut()
    host.remote.close()
    const at = host.clock.wallNow() + ahead
    expect(host.events.slice(1)).toEqual([
      { type: 'disconnect', at, reason: 'channel-lost' },
      { type: 'reconnecting', at, attempt: 1, delayMs: 1_000 },
      { type: 'disconnect', at, reason: 'closed' },
    ])
  })
})

describe('the end of a channel', () => {
  it('is no end of a login where there was none', async () => {
    const host = new ScriptedHost()
    await host.state({ state: 'idle' })
    host.cut()
    expect([host.remote.state, host.types]).toEqual(['reconnecting', ['reconnecting']])
  })

  it('leaves nothing behind for a user that closes the connection because of it', async () => {
    const host = new ScriptedHost()
    await host.state()
    host.remote.subscribe(({ type, ...event }) => {
      if (type === 'disconnect' && 'reason' in event && event.reason === 'channel-lost') host.remote.close()
    })
    host.cut()
    expect([host.remote.state, host.types]).toEqual(['closed', ['connect', 'disconnect', 'disconnect']])
    await host.clock.run(10_000)
    expect([host.pairs.length, host.clock.timers]).toEqual([1, 0])
  })

  it('is followed by one channel for a user that closes the connection, and opens it again', async () => {
    const host = new ScriptedHost()
    await host.state()
    let opened: object = {}
    const unsubscribe = host.remote.subscribe(({ type }) => {
      if (type !== 'disconnect') return
      unsubscribe()
      host.remote.close()
      opened = outcomeOf(host.remote.open(TARGET))
    })
    host.cut()
    expect([host.remote.state, host.types]).toEqual(['connecting', ['connect', 'disconnect', 'disconnect']])
    await host.controlled('idle')
    await host.answer(1, '')
    await host.clock.run(10_000)
    expect(['value' in opened, host.pairs.length]).toEqual([true, 2])
  })
})

describe('a remote connection', () => {
  it.each<readonly [state: ConnectionState, events: readonly string[]]>([
    ['idle', []],
    ['connecting', []],
    ['refused', []],
    ['connected', ['connect', 'disconnect']],
    ['unresponsive', ['connect', 'unresponsive', 'disconnect']],
    ['reconnecting', ['disconnect']],
  ])(
    'that is closed while it is "%s" ends once, with the events of a login if there was one',
    async (state, events) => {
      const host = new ScriptedHost()
      await host.state({ state })
      host.remote.close()
      host.remote.close()
      expect(host.types).toEqual(events)
      await expect(host.remote.closed).resolves.toBeUndefined()
    },
  )

  it('that is closed, and opened again, as a login is reported sends its commands on the new channel', async () => {
    const host = new ScriptedHost()
    const unsubscribe = host.remote.subscribe(() => {
      unsubscribe()
      host.remote.close()
      void host.remote.open(TARGET)
    })
    await host.state()
    const reply = outcomeOf(host.remote.exchange({ text: 'players', resend: true }))
    await host.clock.run(2_000)
    await host.controlled('idle')
    expect(host.said).toMatchObject([[{ type: 'close' }], [{ type: 'open' }, { type: 'exchange' }]])
    await host.answer(2, 'Players on server:')
    expect(reply).toEqual({ value: 'Players on server:' })
  })

  it('that is closed in the turn in which it was made opens no channel', async () => {
    const host = new ScriptedHost()
    host.remote.close()
    await host.clock.run(5_000)
    expect([host.remote.state, host.pairs, host.clock.timers]).toEqual(['closed', [], 0])
  })

  it('needs a function that opens channels', () => {
    expect(() => Reflect.construct(RemoteConnection, ['ws://house'])).toThrow(
      /^open must be a function that opens a channel/,
    )
  })
})
