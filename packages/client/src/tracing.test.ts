import { channel, tracingChannel } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { ClosedError, CommandTimeoutError, LoginRefusedError, NotConnectedError } from '@bercon/core'
import type { CommandRequest, Connection } from '@bercon/core/kit'
import { VirtualClock } from '@bercon/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AsyncRconClient } from './async-rcon-client.js'
import { type CommandTrace, type LoginTrace, tracedExchange } from './tracing.js'

const TARGET = { host: '192.0.2.1', port: 2306 }

/** A client in virtual time whose connection answers as the test says, after 700 ms. */
function newClient(answer: (request: CommandRequest) => string = () => '') {
  const clock = new VirtualClock()
  const connection: Connection = {
    state: 'connected',
    statistics: new AsyncRconClient().statistics,
    closed: new Promise(() => {}),
    refusal: undefined,
    open: async ({ password }) => {
      if (password === 'wrong') throw new LoginRefusedError({ ...TARGET, attempts: 1, elapsedMs: 20 })
    },
    exchange: async (request) => {
      clock.advance(700)
      return answer(request)
    },
    close: () => {},
    subscribe: () => () => {},
  }
  return { client: new AsyncRconClient({ connection, clock }), clock }
}

/** Subscribes to every step of a tracing channel; `steps` names them in order. */
function follow<Trace>(name: string) {
  const traces: Trace[] = []
  const steps: string[] = []
  const note = (step: string) => (trace: unknown) => {
    steps.push(step)
    if (step === 'start') traces.push(trace as Trace)
  }
  const subscribers = {
    start: note('start'),
    end: note('end'),
    asyncStart: note('asyncStart'),
    asyncEnd: note('asyncEnd'),
    error: note('error'),
  }
  tracingChannel(name).subscribe(subscribers)
  return { traces, steps, stop: () => tracingChannel(name).unsubscribe(subscribers) }
}

describe('the channel bercon:command', () => {
  let heard: ReturnType<typeof follow<CommandTrace>>
  beforeEach(() => {
    heard = follow<CommandTrace>('bercon:command')
  })
  afterEach(() => heard.stop())

  it('traces a command from the call to its reply', async () => {
    const { client } = newClient(() => '1.217')
    await client.sendCommand('version', { resend: true })
    expect(heard.steps).toEqual(['start', 'end', 'asyncStart', 'asyncEnd'])
    expect(heard.traces).toMatchObject([
      { command: 'version', resend: true, outcome: 'answered', elapsedMs: 700, result: '1.217' },
    ])
    expect(heard.traces[0]?.client).toBe(client)
  })

  it('traces each command of an operation that needs several', async () => {
    const { client } = newClient(() => 'GUID Bans:\n\nIP Bans:\n0 192.0.2.7 perm x\n')
    await client.unban('192.0.2.7').catch(() => {})
    expect(heard.traces.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['bans', 'removeBan 0']),
    )
  })

  it.each([
    ['unknown', new CommandTimeoutError({ command: 'x', attempts: 1, elapsedMs: 9, outcome: 'unknown' })],
    ['executed', new CommandTimeoutError({ command: 'x', attempts: 1, elapsedMs: 9, outcome: 'executed' })],
    ['not-sent', new ClosedError({ command: 'x', outcome: 'not-sent' })],
    ['not-sent', new NotConnectedError({ command: 'x' })],
    ['not-sent', new LoginRefusedError({ ...TARGET, attempts: 1, elapsedMs: 20 })],
    ['unknown', new Error('the reason of an aborted signal')],
    ['unknown', 'a reason that is no error'],
  ])('reports the outcome %s of a command that fails', async (outcome, error) => {
    const { client } = newClient(() => {
      throw error
    })
    await expect(client.sendCommand('x')).rejects.toBe(error)
    expect(heard.traces).toMatchObject([{ outcome, error }])
    expect(heard.steps).toContain('error')
  })

  it.each(['Disallowed command', 'Unknown command'])('reports "%s" as refused', async (reply) => {
    const { client } = newClient(() => reply)
    await client.sendCommand('x').catch(() => {})
    expect(heard.traces).toMatchObject([{ outcome: 'refused' }])
  })

  it('carries no password', async () => {
    const { client } = newClient()
    await client.sendCommand('RConPassword hunter2')
    expect(inspect(heard.traces, { depth: 9, showHidden: true })).not.toContain('hunter2')
  })
})

it('without a subscriber an exchange stays the same function', () => {
  const exchange = async () => ''
  const traced = { client: {}, clock: new VirtualClock() }
  expect(tracedExchange(exchange, traced)).toBe(exchange)
  const end = channel('tracing:bercon:command:asyncEnd')
  const listener = () => {}
  end.subscribe(listener)
  expect(tracedExchange(exchange, traced)).not.toBe(exchange)
  end.unsubscribe(listener)
  expect(tracedExchange(exchange, traced)).toBe(exchange)
})

it('the channel bercon:login traces a login and its failure, without the password', async () => {
  const heard = follow<LoginTrace>('bercon:login')
  try {
    await newClient().client.connect(TARGET.host, TARGET.port, 'hunter2')
    const refused = newClient().client
    await expect(refused.connect(TARGET.host, TARGET.port, 'wrong')).rejects.toThrow()
    expect(heard.traces).toMatchObject([
      TARGET,
      { ...TARGET, client: refused, error: { code: 'login-refused' } },
    ])
    expect(heard.steps.filter((step) => step === 'error')).toHaveLength(1)
    for (const secret of ['hunter2', 'wrong'])
      expect(inspect(heard.traces, { depth: 9, showHidden: true })).not.toContain(`'${secret}'`)
  } finally {
    heard.stop()
  }
})
