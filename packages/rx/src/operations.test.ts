import { WaitTimeoutError } from '@bercon/core'
import { VirtualClock } from '@bercon/core/testing'
import { firstValueFrom, type Observable } from 'rxjs'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeConnection } from '../test/fake-connection.js'
import { connectRcon } from './connect-rcon.js'
import { RxRconClient } from './rx-rcon-client.js'

let clock: VirtualClock
let connection: FakeConnection
let client: RxRconClient

beforeEach(() => {
  clock = new VirtualClock()
  connection = new FakeConnection()
  client = new RxRconClient({ connection, clock })
})

describe('an operation', () => {
  it('sends only when it is subscribed, and once for each subscription', () => {
    const kick$ = client.kick(3, 'afk')
    expect(connection.asked).toEqual([])
    kick$.subscribe()
    kick$.subscribe()
    expect(connection.asked.map(({ text }) => text)).toEqual(['kick 3 afk', 'kick 3 afk'])
  })

  it('emits one value and completes', async () => {
    const seen: unknown[] = []
    const over = new Promise<void>((resolve) => {
      client.sendCommand('version').subscribe({
        next: (reply) => seen.push(reply),
        complete: () => {
          seen.push('complete')
          resolve()
        },
      })
    })
    connection.asked[0]?.answer('1.2')
    await over
    expect(seen).toEqual(['1.2', 'complete'])
  })

  it('is canceled by unsubscribing before the reply', () => {
    const subscription = client.fetchPlayers().subscribe()
    const { signal } = connection.asked[0]?.options ?? {}
    expect(signal?.aborted).toBe(false)
    subscription.unsubscribe()
    expect(signal?.aborted).toBe(true)
  })

  it('fails with every error, including that of a bad argument', async () => {
    await expect(firstValueFrom(client.kick(-1))).rejects.toMatchObject({ code: 'invalid-argument' })
    const failed = firstValueFrom(client.fetchBans())
    connection.asked[0]?.fail(new Error('gone'))
    await expect(failed).rejects.toThrow('gone')
    const disallowed = firstValueFrom(client.fetchBans())
    connection.asked[1]?.answer('Disallowed command')
    await expect(disallowed).rejects.toMatchObject({ code: 'command-disallowed' })
  })

  it('has one deadline for all its commands', async () => {
    const unbanned = firstValueFrom(client.unban('192.0.2.7', { timeoutMs: 5_000 }))
    clock.advance(2_000)
    connection.asked[0]?.answer(
      'GUID Bans:\n[#] [GUID] [Minutes left] [Reason]\n\nIP Bans:\n[#] [IP Address] [Minutes left] [Reason]\n0  192.0.2.7 perm spam',
    )
    await expect.poll(() => connection.asked.length).toBe(2)
    expect(connection.asked.map(({ text, options }) => [text, options.timeoutMs])).toEqual([
      ['bans', 5_000],
      ['removeBan 0', 3_000],
    ])
    connection.asked[1]?.answer('')
    expect(await unbanned).toBe(true)
  })

  it('obeys a signal too, and removes its listener', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const failed = firstValueFrom(client.fetchBans({ signal }))
    controller.abort('enough')
    await expect(failed).rejects.toBe('enough')
    await expect(firstValueFrom(client.fetchBans({ signal }))).rejects.toBe('enough')
    expect(connection.asked).toHaveLength(1)
    expect(connection.asked[0]?.options.signal?.aborted).toBe(true)
  })
})

describe('waitFor', () => {
  it('emits the next event that passes the check, which may be async', async () => {
    const waited = firstValueFrom(
      client.waitFor('playerMessage', { check: async ({ message }) => message === 'go' }),
    )
    client.onMessage('(Side) Ann: wait')
    client.onMessage('(Side) Bob: go')
    expect(await waited).toMatchObject({ name: 'Bob' })
    expect(client.dispatch.listenerCount('playerMessage')).toBe(0)
  })

  it('fails in time, by the client clock, and leaves no timer or listener', async () => {
    const failed = firstValueFrom(client.waitFor('playerKick', { timeoutMs: 500 }))
    expect(clock.timers).toBe(1)
    clock.advance(500)
    await expect(failed).rejects.toBeInstanceOf(WaitTimeoutError)
    client.waitFor('playerKick', { timeoutMs: 500 }).subscribe().unsubscribe()
    expect(clock.timers).toBe(0)
    expect(client.dispatch.listenerCount('playerKick')).toBe(0)
  })

  it('fails with what the check throws, with the signal, and when the client is closed', async () => {
    const broken = () => {
      throw new Error('broken')
    }
    const thrown = firstValueFrom(client.waitFor('playerMessage', { check: broken }))
    client.onMessage('(Side) Ann: hello')
    await expect(thrown).rejects.toThrow('broken')
    const signal = AbortSignal.abort('enough')
    await expect(firstValueFrom(client.waitFor('playerMessage', { signal }))).rejects.toBe('enough')
    const closed = firstValueFrom(client.waitFor('playerMessage'))
    client.close()
    await expect(closed).rejects.toMatchObject({ code: 'closed' })
  })
})

it('refuses an unknown option of connect, waitFor and connectRcon, and suggests the one that was meant', async () => {
  const failed = (value$: Observable<unknown>) => expect(firstValueFrom(value$)).rejects
  const lone = new RxRconClient()
  await failed(lone.connect('127.0.0.1', 2306, 'hunter2', { onLots: 'error' } as object)).toThrow(
    'There is no option "onLots"; did you mean "onLost"?',
  )
  await failed(client.waitFor('playerKick', { timeOutMs: 3 } as object)).toThrow(
    'There is no option "timeOutMs"; did you mean "timeoutMs"?',
  )
  const target = { host: '127.0.0.1', port: 2306, password: 'hunter2' }
  await failed(connectRcon({ ...target, shared: true } as typeof target)).toThrow(
    'There is no option "shared"; did you mean "share"?',
  )
})

describe('close', () => {
  it('acts at once, without a subscription, and completes when it is done', async () => {
    const done$ = client.close()
    expect(client.state).toBe('closed')
    expect(await firstValueFrom(done$)).toBeUndefined()
    expect(await firstValueFrom(client.close())).toBeUndefined()
  })
})

it('options that are out of range, unknown, or without effect beside a connection are refused by name', () => {
  expect(() => new RxRconClient({ keepAliveMs: -1 })).toThrow('keepAliveMs')
  const misspelt = { keepAlive: 1 } as object
  expect(() => new RxRconClient(misspelt)).toThrow('keepAlive')
  expect(() => new RxRconClient({ connection, keepAliveMs: 1_000 })).toThrow(
    expect.objectContaining({ code: 'invalid-argument', argument: 'keepAliveMs' }),
  )
})
