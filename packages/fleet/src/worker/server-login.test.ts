import { type CallOptions, type ConnectionEvent, Limiter } from '@bercon/client'
import { type Connection, idleStatistics } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryServerList } from '../memory/memory-server-list.js'
import { ServerLogin } from './server-login.js'

const server = { name: 'altis', host: '192.0.2.1', port: 2306, game: 'arma3' } as const
const RETRY_MS = 5_000

let clock: VirtualClock
let servers: MemoryServerList
let opened: { readonly target: unknown; readonly options: CallOptions }[]
let outcome: () => Promise<void>
let asked: string[]
let errors: unknown[]
let state: Connection['state']
let report: (event: ConnectionEvent) => void
let listeners: number

beforeEach(() => {
  clock = new VirtualClock()
  servers = new MemoryServerList([{ ...server, password: 'hunter2' }])
  opened = []
  outcome = async () => {}
  asked = []
  errors = []
  state = 'connected'
  report = () => {}
  listeners = 0
})

const connection: Connection = {
  get state() {
    return state
  },
  statistics: { ...idleStatistics(), sent: 5 },
  refusal: undefined,
  closed: new Promise(() => {}),
  subscribe: (listener) => {
    report = listener
    listeners++
    return () => listeners--
  },
  open: (target, options = {}) => {
    opened.push({ target, options })
    return outcome()
  },
  exchange: async ({ text }) => {
    asked.push(text)
    return `did ${text}`
  },
  close: () => {
    state = 'closed'
  },
}

function begin(logins = new Limiter(1)): ServerLogin {
  return new ServerLogin(server, {
    servers,
    connect: () => connection,
    logins,
    clock,
    retryDelayMs: RETRY_MS,
    onError: (name, error) => errors.push([name, error]),
  })
}

const connect = { type: 'connect', at: 1, address: '192.0.2.7', attempts: 1, elapsedMs: 1 } as const
const message = { type: 'message', at: 1, text: 'x', sequence: 0, number: 0 } as const

describe('a login', () => {
  it('is made where the list says, and stands as its connection does', async () => {
    const login = begin()
    await settled()
    expect(opened).toMatchObject([{ target: { host: '192.0.2.1', port: 2306, password: 'hunter2' } }])
    expect([login.state, login.statistics.sent, errors]).toEqual(['connected', 5, []])
    state = 'reconnecting'
    expect(login.state).toBe('reconnecting')
  })

  it('knows the address at which it logged in last', () => {
    const login = begin()
    expect(login.address).toBe('')
    report(message)
    report(connect)
    report({ type: 'responsive', at: 1, unanswered: 0, silentMs: 0 })
    expect(login.address).toBe('192.0.2.7')
  })

  it('reports events to one listener at a time, and to none once it is closed', () => {
    const login = begin()
    const heard: string[] = []
    report(message)
    login.reportTo(({ type }) => heard.push(`first ${type}`))
    report(message)
    login.reportTo(({ type }) => heard.push(`second ${type}`))
    report(connect)
    login.close()
    report(connect)
    expect([heard, listeners]).toEqual([['first message', 'second connect'], 0])
  })

  it.each([
    ['that is not answered', () => Promise.reject(new Error('silence'))],
    [
      'whose password cannot be read',
      () => {
        servers.remove('altis')
        return Promise.reject(new Error('silence'))
      },
    ],
  ])('%s is tried again after a while, and each failure reported', async (_, fail) => {
    outcome = fail
    begin()
    await clock.run(RETRY_MS - 1)
    expect(opened).toHaveLength(1)
    expect(errors).toEqual([['altis', expect.objectContaining({ message: 'silence' })]])
    await clock.run(1)
    expect(errors).toHaveLength(2)
    servers.put({ ...server, password: 'other' })
    outcome = async () => {}
    await clock.run(RETRY_MS)
    expect(opened.at(-1)).toMatchObject({ target: { password: 'other' } })
    await clock.run(10 * RETRY_MS)
    expect([errors.length, clock.timers]).toEqual([2, 0])
  })

  it('that is refused is not tried again', async () => {
    outcome = () => {
      state = 'refused'
      return Promise.reject(new Error('wrong password'))
    }
    begin()
    await clock.run(10 * RETRY_MS)
    expect([opened.length, errors.length, clock.timers]).toEqual([1, 1, 0])
  })

  it('waits for its turn among the first logins', async () => {
    const logins = new Limiter(1)
    outcome = () => new Promise(() => {})
    begin(logins)
    const second = begin(logins)
    await settled()
    expect(opened).toHaveLength(1)
    second.close()
    await settled()
    expect([opened.length, errors]).toEqual([1, []])
  })
})

describe('a command', () => {
  it('waits until the login has begun, whatever comes of it', async () => {
    let fail = (_error: Error): void => {}
    servers.target = () =>
      new Promise((_, reject) => {
        fail = reject
      })
    const reply = begin().exchange({ text: 'players', resend: true }, {})
    await settled()
    expect(asked).toEqual([])
    fail(new Error('no password'))
    expect(await reply).toBe('did players')
  })

  it('does not wait until the login has succeeded', async () => {
    outcome = () => new Promise(() => {})
    expect(await begin().exchange({ text: 'players', resend: true }, {})).toBe('did players')
  })
})

describe('a login that is closed', () => {
  it('ends what it does, with the reason, and reports no error', async () => {
    outcome = () =>
      new Promise((_, reject) => {
        const { signal } = opened[0]?.options ?? {}
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
    const login = begin()
    await settled()
    login.close()
    expect(opened[0]?.options.signal).toMatchObject({
      aborted: true,
      reason: { message: 'The login is no longer needed' },
    })
    await clock.run(10 * RETRY_MS)
    expect([state, opened.length, errors, clock.timers]).toEqual(['closed', 1, [], 0])
  })

  it('is not tried again', async () => {
    outcome = () => Promise.reject(new Error('silence'))
    const login = begin()
    await settled()
    expect(clock.timers).toBe(1)
    login.close()
    expect(clock.timers).toBe(0)
    await clock.run(10 * RETRY_MS)
    expect([opened.length, errors.length]).toEqual([1, 1])
  })
})
