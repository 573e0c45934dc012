import { AlreadyConnectedError, ClosedError, type ConnectionState } from '@bercon/core'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/scripted-connection.js'
import { OPEN, REFUSAL, ScriptedHost, TARGET, UNREACHABLE } from '../../test/scripted-host.js'

/** A login under way: nothing said yet, or asked for at the host. */
async function opening(at: 'greeting' | 'asked') {
  const host = new ScriptedHost()
  const controller = new AbortController()
  const outcome = outcomeOf(host.remote.open(TARGET, { signal: controller.signal }))
  if (at === 'asked') await host.controlled('idle')
  const abort = async () => {
    controller.abort('enough')
    await host.clock.run(0)
  }
  return { host, outcome, abort }
}

const isDone = (outcome: object) => 'value' in outcome

describe('a login through a channel', () => {
  it('is over when the host answers, after the event', async () => {
    const { host, outcome } = await opening('asked')
    expect([host.remote.state, host.heard, host.events]).toEqual(['connecting', [OPEN], []])
    await host.controlled('connecting')
    await host.controlled('connected')
    expect(host.remote.state).toBe('connected')
    await host.connected()
    expect([isDone(outcome), host.types]).toEqual([false, ['connect']])
    await host.answer(1, '')
    expect([isDone(outcome), host.types]).toEqual([true, ['connect']])
    expect(host.heard).toHaveLength(1)
  })

  it('is "connecting" from the call on', () => {
    const { remote } = new ScriptedHost()
    void remote.open(TARGET)
    expect(remote.state).toBe('connecting')
  })

  it.each<ConnectionState>(['idle', 'refused', 'closed'])(
    'is asked for where the host is %s',
    async (state) => {
      const host = new ScriptedHost()
      void host.remote.open(TARGET)
      await host.controlled(state)
      expect([host.remote.state, host.heard]).toEqual(['connecting', [OPEN]])
    },
  )

  it.each<readonly [state: ConnectionState, events: readonly string[]]>([
    ['connected', ['connect']],
    ['unresponsive', ['connect', 'unresponsive']],
    ['reconnecting', []],
  ])("fails where the host is %s: that is another's login, which it follows", async (state, events) => {
    const host = new ScriptedHost({ name: 'house' })
    const outcome = outcomeOf(host.remote.open(TARGET))
    await host.controlled(state)
    expect(outcome.error).toEqual(new AlreadyConnectedError({ host: 'house', port: 0 }))
    expect([host.remote.state, host.types, host.heard]).toEqual([state, events, []])
  })

  it("waits for the end of another's login, which has one connect event", async () => {
    const host = new ScriptedHost()
    const outcome = outcomeOf(host.remote.open(TARGET))
    await host.controlled('connecting')
    expect([host.remote.state, host.heard, outcome]).toEqual(['connecting', [], {}])
    await host.controlled('connected')
    await host.connected()
    expect(outcome.error).toBeInstanceOf(AlreadyConnectedError)
    expect([host.remote.state, host.types]).toEqual(['connected', ['connect']])
  })

  it("is asked for once another's login has failed", async () => {
    const host = new ScriptedHost()
    void host.remote.open(TARGET)
    await host.controlled('connecting')
    await host.controlled('idle')
    expect(host.heard).toEqual([OPEN])
  })

  it('has its own answer, not that of a command', async () => {
    const { host, outcome } = await opening('asked')
    const reply = outcomeOf(host.remote.exchange({ text: 'players', resend: true }))
    await host.answer(2, 'Players on server:')
    expect([reply, outcome]).toEqual([{ value: 'Players on server:' }, {}])
    // On the next channel the ids begin again.
    await host.replace()
    const next = outcomeOf(host.remote.exchange({ text: 'bans', resend: true }))
    await host.controlled('connecting')
    await host.answer(1, 'GUID Bans:')
    expect([next, outcome]).toEqual([{ value: 'GUID Bans:' }, {}])
  })

  it.each([
    ['refused', REFUSAL, REFUSAL],
    ['idle', UNREACHABLE, undefined],
  ] as const)(
    'leaves the connection %s if it fails, and can be asked for again',
    async (state, error, refusal) => {
      const { host, outcome } = await opening('asked')
      await host.answer(1, error)
      expect([outcome.error, host.remote.state]).toEqual([error, state])
      expect(host.remote.refusal).toEqual(refusal)
      void host.remote.open(TARGET)
      expect(host.remote.refusal).toBeUndefined()
      await host.clock.run(0)
      expect(host.heard).toEqual([OPEN, { ...OPEN, id: 2 }])
    },
  )

  it.each(['greeting', 'asked'] as const)('allows no second one beside it (%s)', async (at) => {
    const { host, outcome } = await opening(at)
    const second = { ...TARGET, host: '192.0.2.2' }
    await expect(host.remote.open(second)).rejects.toEqual(new AlreadyConnectedError(TARGET))
    if (at === 'greeting') await host.controlled('idle')
    await host.answer(1, '')
    expect([isDone(outcome), host.heard]).toEqual([true, [OPEN]])
    await expect(host.remote.open(second)).rejects.toEqual(new AlreadyConnectedError(TARGET))
  })

  it.each<readonly [kind: string, wasOpened: boolean, host: string, port: number]>([
    ["another's", false, 'remote', 0],
    ['its own', true, TARGET.host, TARGET.port],
  ])('fails at once while there is a login, %s', async (_, wasOpened, name, port) => {
    const host = new ScriptedHost()
    if (wasOpened) await host.login()
    else await host.controlled('connected')
    await expect(host.remote.open(TARGET)).rejects.toEqual(new AlreadyConnectedError({ host: name, port }))
    expect(host.remote.state).toBe('connected')
  })

  it('is for the next host where none has said anything, however many channels were lost', async () => {
    const host = new ScriptedHost()
    host.failure = new Error('ECONNREFUSED')
    await host.clock.run(5_000)
    expect(host.remote.state).toBe('reconnecting')
    host.failure = undefined
    const outcome = outcomeOf(host.remote.open(TARGET))
    await host.controlled('idle')
    await host.answer(1, '')
    expect([isDone(outcome), host.heard, host.pairs.length]).toEqual([true, [OPEN], 1])
  })

  it('fails when the connection is closed', async () => {
    const { host, outcome, abort } = await opening('asked')
    host.remote.close()
    await abort()
    expect(outcome.error).toEqual(new ClosedError({ command: 'connect', outcome: 'not-sent' }))
    expect([host.remote.state, host.types, host.heard]).toEqual(['closed', [], [OPEN, { type: 'close' }]])
  })

  describe('that is given up', () => {
    it.each(['greeting', 'asked'] as const)(
      'rejects with the reason, and the host learns it (%s)',
      async (at) => {
        const { host, outcome, abort } = await opening(at)
        await abort()
        expect([outcome.error, host.remote.state]).toEqual(['enough', 'idle'])
        if (at === 'greeting') await host.controlled('idle')
        expect(host.heard).toEqual(at === 'greeting' ? [] : [OPEN, { type: 'cancel', id: 1 }])
        void host.remote.open(TARGET)
        await host.clock.run(0)
        expect([host.heard.at(-1), host.pairs.length]).toMatchObject([{ type: 'open', target: TARGET }, 1])
      },
    )

    it('before it began never begins', async () => {
      const host = new ScriptedHost()
      await host.controlled('idle')
      const signal = AbortSignal.abort('enough')
      await expect(host.remote.open(TARGET, { signal })).rejects.toBe('enough')
      expect([host.remote.state, host.heard]).toEqual(['idle', []])
      host.remote.close()
      await expect(host.remote.open(TARGET, { signal })).rejects.toBe('enough')
      expect(host.remote.state).toBe('closed')
    })

    it('in the turn in which the connection was made leaves it one channel', async () => {
      const host = new ScriptedHost()
      const controller = new AbortController()
      const outcome = outcomeOf(host.remote.open(TARGET, { signal: controller.signal }))
      controller.abort('enough')
      await host.controlled('connected')
      await host.clock.run(15_000)
      expect(outcome.error).toBe('enough')
      expect([host.remote.state, host.pairs.length, host.types]).toEqual(['connected', 1, ['connect']])
    })

    it('when the host has logged in is a login', async () => {
      const { host, outcome, abort } = await opening('asked')
      await host.controlled('connected')
      await abort()
      expect([isDone(outcome), host.remote.state]).toEqual([true, 'connected'])
    })

    it('while there is no channel is over; the next one is asked for on the next channel', async () => {
      const { host, abort } = await opening('asked')
      host.cut()
      await abort()
      expect(host.remote.state).toBe('idle')
      await expect(host.remote.exchange({ text: 'players', resend: true })).rejects.toMatchObject({
        code: 'not-connected',
      })
      const outcome = outcomeOf(host.remote.open(TARGET))
      expect(host.remote.state).toBe('connecting')
      await host.controlled('idle')
      await host.answer(1, '')
      expect([isDone(outcome), host.said]).toEqual([true, [[OPEN], [OPEN]]])
    })
  })

  describe('whose channel is lost', () => {
    it('is asked for again on the next one', async () => {
      const { host, outcome } = await opening('asked')
      await host.controlled('connecting')
      await host.replace()
      expect([host.remote.state, host.types, outcome]).toEqual(['connecting', [], {}])
      await host.controlled('idle')
      await host.answer(1, '')
      expect([isDone(outcome), host.said]).toEqual([true, [[OPEN], [OPEN]]])
    })

    it.each([
      ['before', ['connected']],
      ['after', ['connecting', 'connected']],
    ] as const)(
      'was answered if the host has logged in %s the next one is there, with one event',
      async (_, states) => {
        const { host, outcome } = await opening('asked')
        await host.replace()
        for (const state of states) await host.controlled(state)
        if (states.length > 1) await host.connected()
        expect([isDone(outcome), host.types, host.heard]).toEqual([true, ['connect'], []])
        await expect(host.remote.open(TARGET)).rejects.toEqual(new AlreadyConnectedError(TARGET))
      },
    )

    it('fails if it is the first of its use', async () => {
      const host = new ScriptedHost()
      await host.login()
      host.remote.close()
      host.failure = new Error('ECONNREFUSED')
      const outcome = outcomeOf(host.remote.open(TARGET))
      await host.clock.run(1_000)
      expect([outcome.error, host.remote.state]).toEqual([host.failure, 'idle'])
      expect(host.remote.channelError).toEqual(host.failure)
    })

    it('is not a lost login, though there was one in the last use', async () => {
      const host = new ScriptedHost()
      await host.login()
      host.remote.close()
      await host.clock.run(1_000)
      host.events.length = 0
      void host.remote.open(TARGET)
      await host.controlled('idle')
      host.cut()
      expect([host.remote.state, host.types]).toEqual(['connecting', []])
    })
  })
})
