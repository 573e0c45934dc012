import type { CallOptions, ClientClock, ConnectionEvent } from '@bercon/client'
import { type CommandRequest, idleStatistics } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BusMessage } from '../bus.js'
import type { Lease } from '../leases.js'
import { MemoryBus } from '../memory/memory-bus.js'
import { MemoryLeases } from '../memory/memory-leases.js'
import { commandText, readAnswer } from '../wire/command-message.js'
import { readEvent } from '../wire/server-event.js'
import { subjectsOf } from '../wire/subjects.js'
import type { ServerLogin } from './server-login.js'
import { Tenure } from './tenure.js'
import type { WorkerEvent } from './worker-event.js'

const LEASE_MS = 6_000
const TRUSTED_MS = 5_400
const subjects = subjectsOf('bercon')

/** A login whose commands and events are the test's. */
class FakeLogin {
  state = 'connected'
  address = '192.0.2.7'
  statistics = idleStatistics()
  readonly asked: { readonly request: CommandRequest; readonly options: CallOptions }[] = []
  answer: (text: string) => Promise<string> = async (text) => `did ${text}`
  report: (event: ConnectionEvent) => void = () => {}

  reportTo(listener: (event: ConnectionEvent) => void): void {
    this.report = listener
  }

  exchange(request: CommandRequest, options: CallOptions): Promise<string> {
    this.asked.push({ request, options })
    return this.answer(request.text)
  }
}

let clock: VirtualClock
let bus: MemoryBus
let leases: MemoryLeases
let login: FakeLogin
let lease: Lease
let events: WorkerEvent[]
let published: BusMessage[]
let changes: string[]
let ends: string[]
let trust: boolean[]

beforeEach(async () => {
  clock = new VirtualClock()
  bus = new MemoryBus(clock)
  leases = new MemoryLeases(LEASE_MS, clock)
  login = new FakeLogin()
  events = []
  published = []
  changes = []
  ends = []
  trust = []
  bus.subscribe('bercon.events.>', (message) => published.push(message))
  // At 0, sums and differences with the time would be the same.
  await clock.run(10_000)
  lease = (await leases.take('altis', 'w1')) as Lease
})

function begin(
  changed: Partial<MemoryLeases> = {},
  { random = 0.5, ownClock = clock as ClientClock } = {},
): Tenure {
  const parts = {
    bus,
    leases: { leaseMs: LEASE_MS, renew: (one: Lease) => leases.renew(one), ...changed } as MemoryLeases,
    clock: ownClock,
    random: () => random,
    subjects,
    onEvent: (event: WorkerEvent) => void events.push(event),
    onChange: (server: string) => void changes.push(server),
    onTrust: (_tenure: Tenure, isTrusted: boolean) => void trust.push(isTrusted),
    onEnd: (_tenure: Tenure, reason: string) => void ends.push(reason),
  }
  return new Tenure(lease, clock.now(), login as unknown as ServerLogin, parts)
}

async function ask(text: string, epoch = lease.epoch) {
  const request = { text, resend: false }
  const subject = subjects.command('altis', 'ann')
  const asked = bus.request(subject, commandText({ epoch, request, timeoutMs: 1_000 }), { timeoutMs: 2_000 })
  await settled()
  return { reply: asked.then((reply) => (reply.type === 'reply' ? readAnswer(reply.text) : reply.type)) }
}

/** A store that cannot be reached. */
const broken = { renew: () => Promise.reject(new Error('down')) }
/** A store in which somebody else has taken the lease. */
const taken = { renew: async () => false }

describe('a lease', () => {
  it('is renewed at each third of its life, for as long as the store answers', async () => {
    const at: number[] = []
    const tenure = begin({
      renew: (one) => {
        at.push(clock.now() - 10_000)
        return leases.renew(one)
      },
    })
    await clock.run(6_500)
    expect(at).toEqual([2_000, 4_000, 6_000])
    await clock.run(60_000)
    expect(tenure.report).toMatchObject({ name: 'altis', epoch: lease.epoch })
    expect(ends).toEqual([])
  })

  it('counts as over before the store frees it if that cannot be reached, after more than one try', async () => {
    let tries = 0
    const tenure = begin({
      renew: () => {
        tries++
        return broken.renew()
      },
    })
    await clock.run(TRUSTED_MS - 1)
    expect([tenure.report?.name, trust]).toEqual(['altis', []])
    await clock.run(1)
    expect([tenure.report, trust, ends]).toEqual([undefined, [false], []])
    expect(tries).toBeGreaterThan(4)
    expect(clock.now()).toBeLessThan(10_000 + LEASE_MS)
    tenure.giveUp()
    expect(ends).toEqual(['expired'])
    // The worker has said so itself when the trust ended.
    expect(events.filter(({ type }) => type === 'ended')).toEqual([])
  })

  it('counts again once it is renewed late, if nobody has had it meanwhile', async () => {
    let isDown = true
    const tenure = begin({ renew: (one) => (isDown ? broken.renew() : leases.renew(one)) })
    await clock.run(TRUSTED_MS)
    expect([tenure.report, trust]).toEqual([undefined, [false]])
    isDown = false
    await clock.run(550)
    expect([tenure.report?.name, trust, ends]).toEqual(['altis', [false, true], []])
    expect(await (await ask('players')).reply).toEqual({ type: 'answered', text: 'did players' })
  })

  it('lasts from when its renewal was asked for, not from the answer', async () => {
    let isDown = false
    const slowly = (one: Lease): Promise<boolean> =>
      new Promise((resolve) => void clock.setTimer(() => resolve(leases.renew(one)), 1_000))
    begin({ renew: (one) => (isDown ? broken.renew() : slowly(one)) })
    await clock.run(3_000)
    isDown = true
    await clock.run(2_000 + TRUSTED_MS - 3_000 - 1)
    expect(trust).toEqual([])
    await clock.run(1)
    expect(trust).toEqual([false])
  })

  it('is reported once while the store cannot be reached, and again after it could', async () => {
    let isDown = true
    begin({ renew: (one) => (isDown ? broken.renew() : leases.renew(one)) })
    const errors = () => events.filter(({ type }) => type === 'error')
    await clock.run(3_500)
    expect(errors()).toEqual([
      {
        type: 'error',
        server: 'altis',
        during: 'renew',
        error: expect.objectContaining({ message: 'down' }),
      },
    ])
    isDown = false
    await clock.run(3_000)
    isDown = true
    await clock.run(3_000)
    expect(errors()).toHaveLength(2)
  })

  it('is renewed a tenth earlier or later than that, so that not all are renewed at once', async () => {
    for (const [random, share] of [
      [0, 0.9],
      [1, 1.1],
    ] as const) {
      const at: number[] = []
      const begun = clock.now()
      const renew = (one: Lease) => {
        at.push(clock.now() - begun)
        return leases.renew(one)
      }
      const tenure = begin({ renew }, { random })
      await clock.run(2_300)
      expect(at).toEqual([2_000 * share])
      tenure.lose()
    }
  })

  it('is over by the clock even if a busy process runs its timers late', async () => {
    const late = { now: () => clock.now(), wallNow: () => clock.wallNow(), setTimer: () => () => {} }
    const tenure = begin({}, { ownClock: late })
    await clock.run(TRUSTED_MS - 1)
    expect(tenure.report?.name).toBe('altis')
    await clock.run(1)
    expect(tenure.report).toBeUndefined()
    expect(await (await ask('kick 3')).reply).toEqual({ type: 'refused', epoch: lease.epoch })
  })

  it('is not trusted again if the answer to its renewal comes too late for that too', async () => {
    let answer = (_isRenewed: boolean): void => {}
    begin({
      renew: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    })
    await clock.run(2_000 + TRUSTED_MS)
    expect(trust).toEqual([false])
    answer(true)
    await settled()
    expect(trust).toEqual([false])
  })

  it('that is lost while it is renewed stays lost, and sets no timer', async () => {
    let answer = (_isRenewed: boolean): void => {}
    const before = clock.timers
    const tenure = begin({
      renew: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    })
    await clock.run(2_500)
    tenure.lose()
    answer(true)
    await settled()
    expect([clock.timers, ends]).toEqual([before, ['lost']])
  })

  it('is lost if another has taken it, and then renews no more', async () => {
    let tries = 0
    begin({
      renew: () => {
        tries++
        return taken.renew()
      },
    })
    await clock.run(60_000)
    expect([ends, tries]).toEqual([['lost'], 1])
  })

  it('is lost when the worker hears so, once', async () => {
    const tenure = begin()
    tenure.lose()
    tenure.lose()
    expect(ends).toEqual(['lost'])
    expect(tenure.report).toBeUndefined()
    expect(events).toEqual([{ type: 'ended', server: 'altis', epoch: lease.epoch, reason: 'lost' }])
  })

  it('leaves no timer behind', async () => {
    const before = clock.timers
    const tenure = begin()
    expect(clock.timers).toBe(before + 2)
    tenure.lose()
    expect(clock.timers).toBe(before)
  })
})

describe('a command', () => {
  it('is executed, and its reply returned', async () => {
    begin()
    const { reply } = await ask('players')
    expect(await reply).toEqual({ type: 'answered', text: 'did players' })
    expect(login.asked).toMatchObject([{ request: { text: 'players' }, options: { timeoutMs: 1_000 } }])
    expect(events).toEqual([
      { type: 'command', server: 'altis', epoch: lease.epoch, user: 'ann', text: 'players' },
    ])
  })

  it('is recorded without a password', async () => {
    begin()
    await ask('RConPassword hunter2')
    expect(JSON.stringify(events)).not.toContain('hunter2')
  })

  it('fails with the error of the server, or with one made of anything else', async () => {
    begin()
    login.answer = () => Promise.reject(new Error('no such slot'))
    expect(await (await ask('kick 3')).reply).toMatchObject({
      type: 'failed',
      error: { message: 'no such slot' },
    })
    login.answer = () => Promise.reject('broken')
    expect(await (await ask('kick 3')).reply).toMatchObject({ type: 'failed', error: { message: 'broken' } })
  })

  it('is refused as one too many when a thousand are under way, and accepted when they are settled', async () => {
    begin()
    const settle: (() => void)[] = []
    login.answer = (text) => new Promise((resolve) => settle.push(() => resolve(text)))
    for (let sent = 0; sent < 1_000; sent++) void ask(`kick ${sent}`)
    await settled()
    const refused = await (await ask('kick 1000')).reply
    expect(refused).toMatchObject({ type: 'failed', error: { code: 'rate-limited', retryAfterMs: 1_000 } })
    expect(login.asked).toHaveLength(1_000)
    for (const each of settle) each()
    await settled()
    login.answer = async () => 'done'
    expect(await (await ask('kick 1001')).reply).toEqual({ type: 'answered', text: 'done' })
  })

  it('is refused if it is meant for an earlier owner, and left to a later one', async () => {
    begin()
    expect(await (await ask('kick 3', lease.epoch - 1)).reply).toEqual({
      type: 'refused',
      epoch: lease.epoch,
    })
    const later = await ask('kick 3', lease.epoch + 1)
    await clock.run(2_000)
    expect(await later.reply).toBe('silence')
    expect(login.asked).toEqual([])
  })

  it('that is none is refused by name, with its beginning alone', async () => {
    begin()
    const text = `what${'x'.repeat(200)}`
    const reply = await bus.request(subjects.command('altis', 'ann'), text, { timeoutMs: 10 })
    const answer = reply.type === 'reply' ? readAnswer(reply.text) : undefined
    expect(answer).toMatchObject({
      type: 'failed',
      error: { code: 'invalid-argument', argument: 'request', expected: 'a command of a fleet' },
    })
    expect(JSON.stringify(answer)).not.toContain('x'.repeat(100))
  })

  it('is not executed by an owner whose lease is over by its own clock', async () => {
    begin(broken)
    await clock.run(TRUSTED_MS)
    expect(await (await ask('kick 3')).reply).toEqual({ type: 'refused', epoch: lease.epoch })
    expect(login.asked).toEqual([])
  })
})

describe('a worker that gives up a server', () => {
  it('frees the lease after the commands under way, and takes no more', async () => {
    const freed: Lease[] = []
    const tenure = begin({ release: async (one) => void freed.push(one) })
    let answer = (_text: string): void => {}
    login.answer = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    const { reply } = await ask('players')
    const released = tenure.release()
    await settled()
    expect(await (await ask('bans')).reply).toBe('nobody')
    expect([freed, ends]).toEqual([[], []])
    answer('done')
    await released
    expect(await reply).toEqual({ type: 'answered', text: 'done' })
    expect([freed, ends]).toEqual([[lease], ['released']])
  })

  it('waits for all of them', async () => {
    const answers: ((text: string) => void)[] = []
    const tenure = begin({ release: async () => {} })
    login.answer = () => new Promise((resolve) => void answers.push(resolve))
    for (const text of ['players', 'bans']) await ask(text)
    const released = tenure.release()
    answers[0]?.('done')
    await settled()
    expect(ends).toEqual([])
    answers[1]?.('done')
    await released
    expect(ends).toEqual(['released'])
  })

  it('does not execute what arrives in the same turn', async () => {
    const tenure = begin({ release: () => new Promise(() => {}) })
    login.answer = () => new Promise(() => {})
    await ask('players')
    const asked = ask('kick 3')
    void tenure.release()
    expect(await (await asked).reply).toEqual({ type: 'refused', epoch: lease.epoch })
    expect(login.asked).toHaveLength(1)
  })

  it('frees nothing that is another’s already', async () => {
    const freed: Lease[] = []
    const tenure = begin({ release: async (one) => void freed.push(one) })
    tenure.lose()
    await tenure.release()
    expect([freed, ends, events.length]).toEqual([[], ['lost'], 1])
  })

  it('frees the lease at once without any, and only once', async () => {
    const freed: Lease[] = []
    const tenure = begin({ release: async (one) => void freed.push(one) })
    await Promise.all([tenure.release(), tenure.release()])
    expect([freed, ends]).toEqual([[lease], ['released']])
  })

  it('reports that it is released when it is, and not before', async () => {
    let free = (): void => {}
    const tenure = begin({
      release: () =>
        new Promise((resolve) => {
          free = resolve
        }),
    })
    const released = tenure.release()
    await settled()
    expect([ends, events]).toEqual([['released'], []])
    free()
    await released
    expect(events).toEqual([{ type: 'ended', server: 'altis', epoch: lease.epoch, reason: 'released' }])
  })

  it('reports a lease that could not be freed as abandoned, and why', async () => {
    const error = new Error('down')
    const tenure = begin({ release: () => Promise.reject(error) })
    await tenure.release()
    expect(events).toEqual([
      { type: 'error', server: 'altis', during: 'release', error },
      { type: 'ended', server: 'altis', epoch: lease.epoch, reason: 'abandoned' },
    ])
  })

  it('does not free a lease that is over by then', async () => {
    const freed: Lease[] = []
    const tenure = begin({ ...broken, release: async (one) => void freed.push(one) })
    login.answer = () => new Promise(() => {})
    await ask('players')
    const released = tenure.release()
    await clock.run(TRUSTED_MS)
    await released
    expect([freed, ends]).toEqual([[], ['expired']])
  })
})

describe('the end of a lease', () => {
  const waiting = (_text: string) => new Promise<string>(() => {})

  /** The error of a command under way when the lease ends. */
  async function endWith(change: () => void) {
    const tenure = begin()
    login.answer = waiting
    await ask('kick 3')
    change()
    tenure.lose()
    return login.asked[0]?.options.signal
  }

  it('lets a command finish that was sent: its reply may still come', async () => {
    expect(await endWith(() => {})).toMatchObject({ aborted: false })
  })

  it.each([
    ['waits to be sent', { statistics: { ...idleStatistics(), queued: 1 } }],
    ['has no login', { state: 'reconnecting' }],
  ])('cancels a command that %s', async (_, standing) => {
    const signal = await endWith(() => Object.assign(login, standing))
    expect(signal).toMatchObject({ aborted: true, reason: { message: 'The lease is over' } })
  })

  it('fails a canceled command as one that may have been executed, with how long it took', async () => {
    const tenure = begin()
    login.answer = () =>
      new Promise((_, reject) =>
        login.asked[0]?.options.signal?.addEventListener('abort', () => reject(new Error())),
      )
    const { reply } = await ask('kick 3')
    await clock.run(700)
    login.state = 'reconnecting'
    tenure.lose()
    expect(await reply).toMatchObject({
      type: 'failed',
      error: { code: 'connection-lost', command: 'kick 3', attempts: 1, elapsedMs: 700, outcome: 'unknown' },
    })
  })
})

describe('an event of the server', () => {
  const message = (text: string) => ({ type: 'message', at: 1, text, sequence: 0, number: 0 }) as const
  const command = (text: string) =>
    ({ type: 'command', at: 1, text, reply: '', attempts: 1, elapsedMs: 1, sentAfter: 0 }) as ConnectionEvent
  const connect = { type: 'connect', at: 1, address: '192.0.2.7', attempts: 1, elapsedMs: 1 } as const

  it('is published with its number, on a subject that says what it is', async () => {
    begin()
    login.report(message('Player #3 Rook disconnected'))
    login.report(connect)
    login.report(command('players'))
    await settled()
    expect(published.map(({ subject }) => subject)).toEqual([
      'bercon.events.altis.playerDisconnect',
      'bercon.events.altis.connect',
      'bercon.events.altis.command',
    ])
    expect(published.map(({ text }) => readEvent(text))).toMatchObject([
      { epoch: lease.epoch, number: 1, event: { type: 'message' } },
      { epoch: lease.epoch, number: 2, event: { type: 'connect' } },
      { epoch: lease.epoch, number: 3, event: { type: 'command', text: 'players' } },
    ])
  })

  it('changes how the server stands, unless it is a message or a reply', () => {
    begin()
    login.report(message('x'))
    login.report(command('players'))
    expect(changes).toEqual([])
    login.report(connect)
    expect(changes).toEqual(['altis'])
  })

  it('is not published for a keep-alive, which also takes no number', async () => {
    begin()
    login.report(command(''))
    login.report(message(''))
    login.report(message('x'))
    await settled()
    expect(published.map(({ text }) => readEvent(text))).toMatchObject([
      { number: 1, event: { type: 'message', text: '' } },
      { number: 2, event: { type: 'message', text: 'x' } },
    ])
  })

  it('is counted if the bus drops it', () => {
    bus.publish = () => false
    begin()
    for (const text of ['x', 'y']) login.report(message(text))
    expect(events).toEqual([
      { type: 'dropped', server: 'altis', count: 1 },
      { type: 'dropped', server: 'altis', count: 2 },
    ])
  })

  it('is not published any more once the lease is over', async () => {
    const tenure = begin()
    const { report } = login
    tenure.lose()
    report(message('x'))
    login.report(message('y'))
    await settled()
    expect([published, changes]).toEqual([[], []])
  })
})
