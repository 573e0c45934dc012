import {
  ClosedError,
  CommandTimeoutError,
  IncompleteReplyError,
  NotConnectedError,
  WorkerFailedError,
} from '@bercon/core'
import { errorToData } from '@bercon/core/kit'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/scripted-connection.js'
import { REFUSAL, ScriptedHost, TARGET } from '../../test/scripted-host.js'

const READ = { text: 'players', resend: true }
const KICK = { text: 'kick 3', resend: false }

async function attached(window = 8) {
  const host = new ScriptedHost()
  await host.state({ window })
  return host
}

describe('a command of a remote connection', () => {
  describe('that is given up', () => {
    it.each(['by its signal', 'at its deadline'])(
      '%s before the host has it, is not mentioned to the host, then or later',
      async (how) => {
        const host = await attached(1)
        const first = outcomeOf(host.remote.exchange(KICK))
        const controller = new AbortController()
        const waiting = outcomeOf(host.remote.exchange(READ, { timeoutMs: 500, signal: controller.signal }))
        await host.clock.run(0)
        if (how === 'by its signal') controller.abort('enough')
        else await host.clock.run(500)
        await host.clock.run(0)
        expect(waiting.error).toEqual(how === 'by its signal' ? 'enough' : expect.any(CommandTimeoutError))
        await host.answer(1, 'done')
        expect([first, host.heard]).toMatchObject([{ value: 'done' }, [{ type: 'exchange', id: 1 }]])
        expect(host.heard).toHaveLength(1)
      },
    )

    it.each(['by its signal', 'a second after its deadline'])(
      '%s, is given up at the host, and its place is free for the next one',
      async (how) => {
        const host = await attached(1)
        const controller = new AbortController()
        const first = outcomeOf(host.remote.exchange(KICK, { timeoutMs: 500, signal: controller.signal }))
        const second = outcomeOf(host.remote.exchange(READ))
        await host.clock.run(0)
        if (how === 'by its signal') controller.abort('enough')
        else await host.clock.run(1_500)
        await host.clock.run(0)
        expect(first.error).toEqual(how === 'by its signal' ? 'enough' : expect.any(CommandTimeoutError))
        expect(host.heard.slice(1)).toMatchObject([
          { type: 'cancel', id: 1 },
          { type: 'exchange', id: 2, text: 'players' },
        ])
        // On its way at the same time.
        await host.answer(1, 'late')
        await host.answer(2, 'Players on server:')
        expect(second).toEqual({ value: 'Players on server:' })
      },
    )
  })

  it('that has no deadline sets no timer', async () => {
    const host = await attached()
    const { timers } = host.clock
    const reply = outcomeOf(host.remote.exchange(KICK, { timeoutMs: Number.POSITIVE_INFINITY }))
    await host.clock.run(0)
    expect([host.clock.timers, host.heard]).toMatchObject([timers, [{ timeoutMs: null }]])
    await host.answer(1, 'done')
    expect(reply).toEqual({ value: 'done' })
  })

  it('that is longer than half a message fails at once, and the others are sent', async () => {
    const host = new ScriptedHost({ maxMessageLength: 2_048 })
    await host.state()
    await expect(host.remote.exchange({ ...KICK, text: 'x'.repeat(1_025) })).rejects.toMatchObject({
      code: 'invalid-argument',
      argument: 'command',
      expected: 'at most 1024 bytes',
    })
    void host.remote.exchange({ ...KICK, text: 'x'.repeat(1_024) })
    await host.clock.run(0)
    expect(host.heard).toMatchObject([{ text: 'x'.repeat(1_024) }])
  })

  it('that may not be sent again is not sent on the next channel; the others are, before newer ones', async () => {
    const host = await attached()
    const kick = outcomeOf(host.remote.exchange(KICK))
    void host.remote.exchange(READ)
    host.cut()
    void host.remote.exchange({ text: 'bans', resend: true })
    await host.clock.run(1_000)
    await host.state()
    expect(kick.error).toMatchObject({ code: 'connection-lost', outcome: 'unknown' })
    expect(host.heard).toMatchObject([{ text: 'players' }, { text: 'bans' }])
    expect(host.heard).toHaveLength(2)
  })

  it.each([
    ['a channel', 'The channel was cut'],
    ['nothing', undefined],
  ])('that is not answered in time for want of %s has that as the cause', async (want, message) => {
    const host = await attached()
    const outcome = outcomeOf(host.remote.exchange(READ, { timeoutMs: 500 }))
    if (message !== undefined) host.cut()
    await host.clock.run(1_500)
    const error = outcome.error as Error
    expect(error).toBeInstanceOf(CommandTimeoutError)
    expect(['cause' in error, (error.cause as Error | undefined)?.message]).toEqual([
      want !== 'nothing',
      message,
    ])
  })

  it('of the next use has nothing to do with a channel that the last use lost', async () => {
    const host = await attached()
    host.cut()
    host.remote.close()
    host.remote.open(TARGET).catch(() => {})
    const outcome = outcomeOf(host.remote.exchange(READ, { timeoutMs: 500 }))
    await host.clock.run(500)
    expect(outcome.error).toBeInstanceOf(CommandTimeoutError)
    expect(outcome.error).not.toHaveProperty('cause')
  })

  it('fails at the end of the connection: with the refusal only if it was never sent', async () => {
    const host = await attached(2)
    const twice = outcomeOf(host.remote.exchange(READ))
    await host.clock.run(0)
    await host.replace()
    await host.state({ window: 2 })
    const once = outcomeOf(host.remote.exchange(KICK))
    const never = outcomeOf(host.remote.exchange(KICK))
    await host.state({ state: 'refused', refusal: errorToData(REFUSAL) })
    expect(twice.error).toMatchObject({ code: 'closed', outcome: 'unknown' })
    expect(once.error).toMatchObject({ code: 'closed', outcome: 'unknown' })
    expect(never.error).toEqual(REFUSAL)
    expect([twice.error, once.error].filter((error) => 'cause' in (error as Error))).toEqual([])
  })

  it('fails when the connection is closed, and after that: as not sent if it was not', async () => {
    const host = await attached(1)
    const sent = outcomeOf(host.remote.exchange(READ))
    const waiting = outcomeOf(host.remote.exchange(KICK))
    await host.clock.run(0)
    host.remote.close()
    const late = outcomeOf(host.remote.exchange(KICK))
    await host.clock.run(0)
    expect(sent.error).toEqual(new ClosedError({ command: 'players', outcome: 'unknown', resend: true }))
    const unsent = new ClosedError({ command: 'kick 3', outcome: 'not-sent' })
    expect([waiting.error, late.error]).toEqual([unsent, unsent])
  })

  describe('that was sent on an earlier channel, too', () => {
    const unsent = { command: 'players', attempts: 0, elapsedMs: 1, outcome: 'not-sent' } as const
    const unanswered = { outcome: 'unknown', attempts: 1, elapsedMs: 1_000 }
    it.each<readonly [what: string, host: Error, remote: object]>([
      ['timed out', new CommandTimeoutError(unsent), { code: 'command-timeout', ...unanswered }],
      [
        'was not connected',
        new NotConnectedError({ command: 'players' }),
        { code: 'connection-lost', ...unanswered },
      ],
      [
        'was closed',
        new ClosedError({ command: 'players', outcome: 'not-sent' }),
        { code: 'closed', outcome: 'unknown' },
      ],
      [
        'did not send it for another reason',
        new WorkerFailedError({ command: 'players', outcome: 'not-sent', detail: 'gone' }),
        { code: 'connection-lost', ...unanswered },
      ],
      [
        'sent it as well',
        new CommandTimeoutError({ ...unsent, attempts: 3, outcome: 'unknown' }),
        { code: 'command-timeout', attempts: 3, elapsedMs: 1 },
      ],
      [
        'received a part of the reply',
        new IncompleteReplyError({ command: 'players', attempts: 2, elapsedMs: 1 }),
        { code: 'incomplete-reply', attempts: 2 },
      ],
    ])('has what is known of both as its error, where the host %s', async (_, error, expected) => {
      const host = await attached()
      const outcome = outcomeOf(host.remote.exchange(READ))
      await host.clock.run(0)
      await host.replace()
      await host.state()
      await host.answer(host.idOf('exchange'), error)
      expect(outcome.error).toMatchObject(expected)
    })

    it('has the error of the host otherwise', async () => {
      const host = await attached()
      const outcome = outcomeOf(host.remote.exchange(READ))
      await host.clock.run(0)
      await host.answer(1, new CommandTimeoutError(unsent))
      expect(outcome.error).toEqual(new CommandTimeoutError(unsent))
    })
  })
})
