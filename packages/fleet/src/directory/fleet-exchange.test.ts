import { type CallOptions, CommandTimeoutError, ConnectionLostError } from '@bercon/client'
import { Cancellation } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BusReply, RequestOptions } from '../bus.js'
import { answerText, type CommandAnswer, readCommand } from '../wire/command-message.js'
import { subjectsOf } from '../wire/subjects.js'
import { FleetExchange, type WhenUnowned } from './fleet-exchange.js'

/** A request on the bus. */
interface Asked {
  readonly subject: string
  readonly text: string
  readonly timeoutMs: number
  readonly patienceMs: number
  readonly signal: RequestOptions['signal']
  readonly reply: (reply: BusReply) => void
}

let clock: VirtualClock
let asked: Asked[]
let epoch: number | undefined
let end: Cancellation
let waiting: Set<() => void>
let forgotten: number[]

beforeEach(async () => {
  clock = new VirtualClock()
  // At 0, sums and differences with the time would be the same.
  await clock.run(100_000)
  asked = []
  epoch = 3
  end = new Cancellation()
  waiting = new Set()
  forgotten = []
})

function own(next: number | undefined): void {
  epoch = next
  for (const listener of [...waiting]) listener()
}

function run(resend: boolean, options: CallOptions = {}, whenUnowned: WhenUnowned = 'wait', text = 'kick 3') {
  const route = {
    get owner() {
      return epoch === undefined ? undefined : { epoch }
    },
    onOwner: (listener: () => void) => {
      waiting.add(listener)
      return () => waiting.delete(listener)
    },
    forget: (gone: number) => {
      forgotten.push(gone)
      epoch = undefined
    },
    end,
  }
  const exchange = new FleetExchange('altis', route, {
    clock,
    subjects: subjectsOf('bercon'),
    user: 'ann',
    whenUnowned,
    bus: {
      publish: () => true,
      serve: () => () => {},
      subscribe: () => () => {},
      request: (subject, sent, { timeoutMs: patienceMs, signal }) =>
        new Promise((resolve) => {
          const { request, timeoutMs = 0 } = readCommand(sent) ?? {}
          const done = (reply: BusReply) => {
            cancel()
            resolve(reply)
          }
          const cancel = clock.setTimer(() => resolve({ type: 'silence' }), patienceMs)
          signal?.addEventListener('abort', () => done({ type: 'silence' }))
          asked.push({ subject, text: request?.text ?? '', timeoutMs, patienceMs, signal, reply: done })
        }),
    },
  })
  const outcome = exchange.run({ text, resend }, options).then(
    (reply) => ({ reply }),
    (error: unknown) => ({ error }),
  )
  return outcome
}

const NOBODY: BusReply = { type: 'nobody' }
const answered = (answer: CommandAnswer): BusReply => ({ type: 'reply', text: answerText(3, answer) })
const REFUSED = answered({ type: 'refused', epoch: 4 })
const OK = answered({ type: 'answered', text: 'ok' })
const facts = { command: 'kick 3', attempts: 9, elapsedMs: 1, outcome: 'unknown', resend: true } as const
const LOST = answered({ type: 'failed', error: new ConnectionLostError(facts) })
const LATE = answered({ type: 'failed', error: new CommandTimeoutError(facts) })

/** What it leaves behind once it is over. */
const left = () => [clock.timers, waiting.size]

describe('a command', () => {
  it.each([
    [false, 10_000, 10_000, 9_750],
    [false, 1_000, 1_000, 900],
    [true, 30_000, 15_000, 29_750],
    [true, 9_000, 6_000, 8_750],
    [true, 4_000, 4_000, 3_750],
  ])(
    'that may be sent again: %s, with %i ms left, waits %i ms for an owner, who has %i ms',
    async (resend, timeoutMs, patienceMs, ownersMs) => {
      const outcome = run(resend, { timeoutMs })
      expect(asked).toMatchObject([
        { subject: 'bercon.exec.altis.ann', text: 'kick 3', patienceMs, timeoutMs: ownersMs },
      ])
      asked[0]?.reply(OK)
      expect([await outcome, left()]).toEqual([{ reply: 'ok' }, [0, 0]])
    },
  )

  it('has the deadlines of a connection of its own', async () => {
    const outcomes = [run(true), run(false)]
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([29_750, 9_750])
    for (const { reply } of asked) reply(OK)
    await Promise.all(outcomes)
  })

  it.each([
    ['timeoutMs', { timeoutMs: -1 }, 'x', undefined],
    ['text', {}, 'x'.repeat(4_097), 'at most 4096 characters'],
  ])('is refused by name with a bad %s', async (argument, options, text, expected) => {
    const { error } = (await run(true, options, 'wait', text)) as { error?: unknown }
    expect(error).toMatchObject({ code: 'invalid-argument', argument, ...(expected && { expected }) })
    expect(JSON.stringify(error)).not.toContain('x'.repeat(100))
    expect(asked).toEqual([])
  })

  it('can have 4,096 characters', async () => {
    const outcome = run(true, {}, 'wait', 'x'.repeat(4_096))
    asked[0]?.reply(OK)
    expect(await outcome).toEqual({ reply: 'ok' })
  })
})

describe('an owner', () => {
  it.each([
    ['is not there', NOBODY],
    ['refuses it', REFUSED],
  ])('that %s has not executed it, and is forgotten', async (_, first) => {
    const outcome = run(false, { timeoutMs: 5_000 })
    asked[0]?.reply(first)
    await settled()
    expect(forgotten).toEqual([3])
    await clock.run(5_000)
    expect(await outcome).toMatchObject({
      error: { code: 'command-timeout', outcome: 'not-sent', attempts: 0, elapsedMs: 5_000, resend: false },
    })
    expect(left()).toEqual([0, 0])
  })

  it('that lost its login is followed by another if the command may be sent again', async () => {
    const outcome = run(true, { timeoutMs: 5_000 })
    asked[0]?.reply(LOST)
    await settled()
    expect(forgotten).toEqual([3])
    own(4)
    await settled()
    asked[1]?.reply(NOBODY)
    await clock.run(5_000)
    expect(await outcome).toMatchObject({
      error: { code: 'command-timeout', outcome: 'unknown', attempts: 1, resend: true },
    })
  })

  it.each([
    ['that lost its login, if the command may not be sent again', false, LOST, 'connection-lost'],
    ['that had no answer in time', true, LATE, 'command-timeout'],
  ] as const)('decides the error %s', async (_, resend, reply, code) => {
    const outcome = run(resend)
    asked[0]?.reply(reply)
    expect([await outcome, forgotten]).toMatchObject([{ error: { code, attempts: 9 } }, []])
  })

  it('that answers what is no answer may have executed it', async () => {
    const outcome = run(true)
    asked[0]?.reply({ type: 'reply', text: 'junk' })
    expect(await outcome).toMatchObject({
      error: { code: 'connection-lost', outcome: 'unknown', attempts: 1 },
    })
  })

  it('that is silent is asked again until the deadline if the command may be sent again', async () => {
    const outcome = run(true, { timeoutMs: 20_000 })
    await clock.run(20_000)
    expect(asked.map(({ patienceMs }) => patienceMs)).toEqual([10_000, 6_000, 4_000])
    expect(await outcome).toMatchObject({
      error: { code: 'command-timeout', outcome: 'unknown', attempts: 3, elapsedMs: 20_000 },
    })
  })

  it('that is silent is the end of a command that may not', async () => {
    const outcome = run(false, { timeoutMs: 5_000 })
    await clock.run(5_000)
    expect(await outcome).toMatchObject({
      error: { code: 'command-timeout', outcome: 'unknown', attempts: 1, elapsedMs: 5_000 },
    })
  })

  it('that cannot be heard of any more may have executed it', async () => {
    const outcome = run(false)
    asked[0]?.reply({ type: 'silence' })
    expect(await outcome).toMatchObject({
      error: { code: 'command-timeout', outcome: 'unknown', attempts: 1 },
    })
  })

  it('that is another since leaves the last one a second to answer', async () => {
    const outcome = run(false)
    own(4)
    await clock.run(999)
    expect(asked[0]?.signal?.aborted).toBe(false)
    asked[0]?.reply(OK)
    expect([await outcome, left()]).toEqual([{ reply: 'ok' }, [0, 0]])
  })

  it('that is another since is not asked what the last one may have executed', async () => {
    const outcome = run(false)
    await clock.run(500)
    own(4)
    await clock.run(1_000)
    expect(await outcome).toMatchObject({
      error: { code: 'connection-lost', outcome: 'unknown', attempts: 1, elapsedMs: 1_500 },
    })
    expect([asked.length, left()]).toEqual([1, [0, 0]])
  })

  it('that is another since is asked at once for what may be sent again', async () => {
    const outcome = run(true)
    own(4)
    await settled()
    expect(asked).toHaveLength(2)
    asked[1]?.reply(OK)
    expect([await outcome, left()]).toEqual([{ reply: 'ok' }, [0, 0]])
  })
})

describe('without an owner', () => {
  it('a command waits for one', async () => {
    epoch = undefined
    const outcome = run(false)
    await clock.run(5_000)
    expect(asked).toEqual([])
    own(4)
    await settled()
    expect(asked).toMatchObject([{ patienceMs: 5_000, timeoutMs: 4_750 }])
    asked[0]?.reply(OK)
    expect([await outcome, left()]).toEqual([{ reply: 'ok' }, [0, 0]])
  })

  it('a command fails at once where nobody should wait, also if the owner turns out to be gone', async () => {
    const outcome = run(false, {}, 'fail')
    asked[0]?.reply(NOBODY)
    const error = { code: 'connection-lost', outcome: 'not-sent', attempts: 0, elapsedMs: 0 }
    expect(await outcome).toMatchObject({ error })
    expect(await run(false, {}, 'fail')).toMatchObject({ error })
    expect(left()).toEqual([0, 0])
  })
})

describe('a call that is ended', () => {
  it.each([
    ['while it waits for an owner', undefined, 'not-sent'],
    ['while an owner is asked', 3, 'unknown'],
  ])('%s fails with the reason of its signal, or as closed', async (_, owner, outcome) => {
    epoch = owner
    for (const resend of [true, false]) {
      const signal = new Cancellation()
      const aborted = run(resend, { signal })
      signal.abort('enough')
      expect(await aborted).toEqual({ error: 'enough' })
      const closed = run(resend)
      end.abort('closed')
      expect(await closed).toMatchObject({ error: { code: 'closed', command: 'kick 3', outcome } })
      expect(left()).toEqual([0, 0])
      end = new Cancellation()
    }
  })

  it('leaves no listener at its signal or the connection', async () => {
    const calls: string[] = []
    const counted = (name: string) => {
      const signal = new Cancellation()
      return Object.assign(signal, {
        addEventListener: (type: 'abort') => calls.push(`${name} + ${type}`),
        removeEventListener: (type: 'abort') => calls.push(`${name} - ${type}`),
      }) as unknown as Cancellation
    }
    end = counted('end')
    const outcome = run(false, { signal: counted('call') })
    asked[0]?.reply(NOBODY)
    await settled()
    own(4)
    await settled()
    asked[1]?.reply(OK)
    await outcome
    for (const name of ['end', 'call']) {
      expect(calls.filter((call) => call === `${name} + abort`)).toHaveLength(3)
      expect(calls.filter((call) => call === `${name} - abort`)).toHaveLength(3)
    }
    expect(calls).toHaveLength(12)
  })
})
