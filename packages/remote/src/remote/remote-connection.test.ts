import { AsyncRconClient } from '@bercon/client'
import { CommandDisallowedError, CommandTimeoutError, LoginRefusedError, RconError } from '@bercon/core'
import { VirtualClock } from '@bercon/core/testing'
import { RxRconClient } from '@bercon/rx'
import { describe, expect, it } from 'vitest'
import { outcomeOf, RemoteScene } from '../../test/scripted-connection.js'
import { refuseChannel } from '../host/host-connection.js'
import { channelPair } from '../testing/index.js'
import { RemoteConnection } from './remote-connection.js'

const READ = { text: 'players', resend: true }
const KICK = { text: 'kick 3', resend: false }

async function scene(
  ...options: ConstructorParameters<typeof RemoteScene> extends [unknown, ...infer R] ? R : never
) {
  const made = new RemoteScene(new VirtualClock(), ...options)
  await made.clock.run(10)
  return made
}

describe('RemoteConnection', () => {
  it('is connected without an open, where its host is', async () => {
    const { remote, events, hosted, clock } = await scene()
    expect(remote.state).toBe('connected')
    expect(events).toMatchObject([{ type: 'connect', address: 'remote', attempts: 0 }])
    const reply = outcomeOf(remote.exchange(READ))
    await clock.run(10)
    expect(hosted.asked[0]).toMatchObject({ request: READ, options: { timeoutMs: 30_000 } })
    hosted.asked[0]?.reply('Players on server:')
    await clock.run(10)
    expect(reply).toEqual({ value: 'Players on server:' })
  })

  it('carries a client of promises and one of observables that never connect', async () => {
    const clock = new VirtualClock()
    const made = new RemoteScene(clock)
    const { remote: connection } = made
    const promise = new AsyncRconClient({ connection, clock })
    const observable = new RxRconClient({ connection, clock })
    const seen: string[] = []
    promise.listen('message', ({ text }) => seen.push(`promise ${text}`))
    observable.messages$.subscribe(({ raw }) => seen.push(`observable ${raw}`))
    await clock.run(10)
    expect([promise.isConnected(), observable.isLoggedIn()]).toEqual([true, true])
    made.hosted.message('(Global) Rook: hello')
    await clock.run(10)
    expect(seen).toEqual(['promise (Global) Rook: hello', 'observable (Global) Rook: hello'])
  })

  it('takes commands before the first channel is there', async () => {
    const made = new RemoteScene(new VirtualClock())
    const reply = outcomeOf(made.remote.exchange(KICK))
    await made.clock.run(10)
    expect(made.hosted.texts).toEqual(['kick 3'])
    made.hosted.asked[0]?.reply('')
    await made.clock.run(10)
    expect(reply).toEqual({ value: '' })
  })

  it('rebuilds errors by their code, with their fields', async () => {
    const { remote, hosted, clock } = await scene()
    const outcome = outcomeOf(remote.exchange(KICK))
    await clock.run(10)
    hosted.asked[0]?.fail(new CommandDisallowedError({ command: 'kick 3' }))
    await clock.run(10)
    expect(outcome.error).toBeInstanceOf(CommandDisallowedError)
    expect(outcome.error).toMatchObject({ code: 'command-disallowed', command: 'kick 3' })
  })

  describe('when its channel is cut', () => {
    it('says so, comes back after a wait, and a client names the gap', async () => {
      const made = await scene()
      const client = new AsyncRconClient({ connection: made.remote, clock: made.clock })
      const gaps: unknown[] = []
      client.listen('gap', ({ from, to }) => gaps.push(to - from))
      made.hosted.tell({ type: 'connect', at: made.clock.wallNow(), address: 'x', attempts: 1, elapsedMs: 1 })
      await made.clock.run(60_000)
      made.hosted.message('early')
      made.events.length = 0
      made.cut()
      expect([made.remote.state, made.remote.channelError?.message]).toEqual([
        'reconnecting',
        'The channel was cut',
      ])
      await made.clock.run(1_001)
      expect(made.events).toMatchObject([
        { type: 'disconnect', reason: 'channel-lost' },
        { type: 'reconnecting', attempt: 1, delayMs: 1_000 },
        { type: 'connect' },
      ])
      expect([made.remote.state, made.remote.channelError, gaps.length]).toEqual(['connected', undefined, 1])
    })

    it('fails what may not be sent again, with an unknown outcome and the reason', async () => {
      const { remote, clock, pairs } = await scene()
      const outcome = outcomeOf(remote.exchange(KICK))
      await clock.run(10)
      pairs[0]?.cut()
      await clock.run(0)
      expect(outcome.error).toMatchObject({
        code: 'connection-lost',
        outcome: 'unknown',
        attempts: 1,
        cause: { code: 'channel-failure' },
      })
    })

    it('sends what may be sent again on the next channel, and its deadline goes on', async () => {
      const made = await scene()
      const outcome = outcomeOf(made.remote.exchange(READ, { timeoutMs: 5_000 }))
      await made.clock.run(10)
      made.cut()
      await made.clock.run(1_010)
      expect(made.hosted.asked[1]).toMatchObject({ request: READ, options: { timeoutMs: 3_990 } })
      made.hosted.asked[0]?.reply('stale')
      made.hosted.asked[1]?.reply('fresh')
      await made.clock.run(10)
      expect(outcome).toEqual({ value: 'fresh' })
    })

    it('fails what waits at its deadline: as not sent, or unknown if the host once had it', async () => {
      const made = await scene()
      const sent = outcomeOf(made.remote.exchange(READ, { timeoutMs: 500 }))
      await made.clock.run(10)
      made.cut()
      const unsent = outcomeOf(made.remote.exchange(KICK, { timeoutMs: 500 }))
      await made.clock.run(500)
      expect(sent.error).toMatchObject({ code: 'command-timeout', outcome: 'unknown', attempts: 1 })
      expect(unsent.error).toMatchObject({ code: 'command-timeout', outcome: 'not-sent', attempts: 0 })
    })

    it('does not take the word of the host for it that a command was not sent, where it was before', async () => {
      const made = await scene()
      const outcome = outcomeOf(made.remote.exchange(READ))
      await made.clock.run(10)
      made.cut()
      await made.clock.run(1_010)
      const facts = { command: 'players', attempts: 0, elapsedMs: 1, outcome: 'not-sent' } as const
      made.hosted.asked[1]?.fail(new CommandTimeoutError(facts))
      await made.clock.run(10)
      expect(outcome.error).toMatchObject({ code: 'command-timeout', outcome: 'unknown', attempts: 1 })
    })

    it('has the host give up what it still had under way', async () => {
      const made = await scene()
      outcomeOf(made.remote.exchange(READ))
      await made.clock.run(10)
      made.cut()
      expect(made.hosted.asked[0]?.options.signal).toMatchObject({ aborted: true })
    })

    it('delivers no message twice, and none of a channel that is over', async () => {
      const made = await scene()
      made.hosted.message('lost on its way')
      made.cut()
      await made.clock.run(1_010)
      made.hosted.message('after')
      await made.clock.run(10)
      const texts = made.events.flatMap((event) => (event.type === 'message' ? [event.text] : []))
      expect(texts).toEqual(['after'])
    })

    it('waits longer each time while no channel can be opened', async () => {
      const made = await scene()
      made.failure = new Error('ECONNREFUSED')
      made.events.length = 0
      made.cut()
      await made.clock.run(7_001)
      const delays = made.events.flatMap((event) => (event.type === 'reconnecting' ? [event.delayMs] : []))
      expect(delays).toEqual([1_000, 2_000, 4_000, 8_000])
      expect(made.remote.channelError?.message).toBe('ECONNREFUSED')
    })
  })

  it('notices a host that has fallen silent, and asks it now and then while all is well', async () => {
    const made = await scene()
    await made.clock.run(600_000)
    expect([made.remote.state, made.pairs.length]).toEqual(['connected', 1])
    const silent = await scene()
    const [, end] = silent.pairs[0]?.ends ?? []
    end?.onText(() => {})
    await silent.clock.run(60_000)
    expect(silent.remote.channelError?.message).toBe('The host of the channel does not answer')
  })

  it('ends for good when the host refuses it with login-refused, and only then', async () => {
    const clock = new VirtualClock()
    const error = new LoginRefusedError({ host: 'gateway', port: 0, attempts: 0, elapsedMs: 0 })
    error.message = 'The gateway does not know this token'
    const errors: Error[] = [new RconError('channel-failure', 'Come back later'), error]
    const remote = new RemoteConnection(
      () => {
        const { ends } = channelPair(clock)
        refuseChannel(ends[0], errors.shift() ?? error)
        return ends[1]
      },
      { clock, random: () => 0 },
    )
    const outcome = outcomeOf(remote.exchange(READ))
    await clock.run(10)
    expect([remote.state, remote.channelError?.message]).toEqual(['reconnecting', 'Come back later'])
    await clock.run(1_010)
    expect(remote.state).toBe('closed')
    expect(outcome.error).toMatchObject({ code: 'login-refused', message: error.message })
    await expect(remote.closed).resolves.toMatchObject({ code: 'login-refused' })
    await expect(remote.exchange(READ)).rejects.toMatchObject({ code: 'login-refused' })
    expect(clock.timers).toBe(0)
  })

  it('leaves no timer behind, and the hosted connection alone, when it is closed', async () => {
    const made = await scene()
    const outcome = outcomeOf(made.remote.exchange(KICK))
    await made.clock.run(10)
    made.remote.close()
    await made.clock.run(10)
    expect(outcome.error).toMatchObject({ code: 'closed', outcome: 'unknown' })
    expect([made.hosted.closes, made.hosted.state, made.remote.state]).toEqual([0, 'connected', 'closed'])
    expect(made.types.at(-1)).toBe('disconnect')
    await expect(made.channels[0]?.ended).resolves.toBeUndefined()
    expect(made.clock.timers).toBe(0)
  })

  it('gives a command up at the host, too', async () => {
    const made = await scene()
    const controller = new AbortController()
    const outcome = outcomeOf(made.remote.exchange(KICK, { signal: controller.signal }))
    await made.clock.run(10)
    controller.abort('enough')
    await made.clock.run(10)
    expect([outcome.error, made.hosted.asked[0]?.options.signal?.aborted]).toEqual(['enough', true])
  })

  it('answers at the deadline and a second even if the host does not', async () => {
    const made = await scene()
    const outcome = outcomeOf(made.remote.exchange(KICK, { timeoutMs: 2_000 }))
    await made.clock.run(2_999)
    expect(outcome).toEqual({})
    await made.clock.run(1)
    expect(outcome.error).toMatchObject({ code: 'command-timeout', outcome: 'unknown' })
  })

  it('keeps to the number of commands that the host takes at once', async () => {
    const made = await scene({ limits: { maxExchanges: 2 } })
    const outcomes = ['1', '2', '3', '4'].map((text) =>
      outcomeOf(made.remote.exchange({ text, resend: false })),
    )
    await made.clock.run(10)
    expect(made.hosted.texts).toEqual(['1', '2'])
    made.hosted.asked[1]?.reply('two')
    await made.clock.run(10)
    expect([made.hosted.texts, outcomes[1]]).toEqual([['1', '2', '3'], { value: 'two' }])
  })

  it('may not log in where the host does that itself', async () => {
    const made = await scene()
    made.hosted.state = 'idle'
    const fresh = new RemoteScene(made.clock)
    fresh.hosted.state = 'idle'
    const outcome = outcomeOf(fresh.remote.open({ host: 'a', port: 1, password: 'hunter2' }))
    await made.clock.run(10)
    expect(outcome.error).toMatchObject({ code: 'command-disallowed' })
    expect([fresh.hosted.opened, fresh.remote.state]).toEqual([[], 'idle'])
  })

  it('logs in again at a host that has begun anew, where it logged in itself', async () => {
    const made = new RemoteScene(new VirtualClock(), { control: true })
    made.hosted.state = 'idle'
    const target = { host: '192.0.2.1', port: 2306, password: 'hunter2' }
    const opened = outcomeOf(made.remote.open(target))
    await made.clock.run(10)
    expect(['value' in opened, made.remote.state]).toEqual([true, 'connected'])
    made.hosted.state = 'idle'
    made.cut()
    await made.clock.run(1_010)
    expect([made.hosted.opened, made.remote.state]).toEqual([[target, target], 'connected'])
  })

  it('fails a login whose channel cannot be opened, and may be opened again', async () => {
    const made = new RemoteScene(new VirtualClock(), { control: true })
    made.hosted.state = 'idle'
    made.failure = new Error('ECONNREFUSED')
    const target = { host: '192.0.2.1', port: 2306, password: 'hunter2' }
    const failed = outcomeOf(made.remote.open(target))
    await made.clock.run(10)
    expect([failed.error, made.remote.state]).toMatchObject([{ message: 'ECONNREFUSED' }, 'idle'])
    await expect(made.remote.exchange(READ)).rejects.toMatchObject({ code: 'not-connected' })
    made.failure = undefined
    const opened = outcomeOf(made.remote.open(target))
    await made.clock.run(10)
    expect(['value' in opened, made.remote.state]).toEqual([true, 'connected'])
  })
})
