// In Chromium only, with the browser's own WebSocket: run by `pnpm test:runtimes chromium`.
import { AsyncRconClient } from '@bercon/client'
import { connectGateway } from '@bercon/remote'
import { RxRconClient } from '@bercon/rx'
import { firstValueFrom, isObservable, type Observable } from 'rxjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from 'vitest/browser'
import type { PlayedGateway } from './gateway-commands.js'

declare module 'vitest/browser' {
  interface BrowserCommands {
    startGateway(origin: string): Promise<PlayedGateway>
    cutChannels(): Promise<void>
    countHeard(text: string): Promise<number>
    joinGame(name: string): Promise<void>
    stopGateway(): Promise<void>
  }
}

const page = globalThis as unknown as { readonly location: { readonly origin: string } }

type Client = AsyncRconClient | RxRconClient

let gateway: PlayedGateway
const clients: Client[] = []

beforeAll(async () => {
  gateway = await commands.startGateway(page.location.origin)
})

afterAll(async () => {
  await Promise.all(clients.map((client) => settled(client.close())))
  await commands.stopGateway()
})

function settled<T>(result: Promise<T> | Observable<T>): Promise<T> {
  return isObservable(result) ? firstValueFrom(result) : result
}

const FLAVORS = [
  { name: 'promise', create: AsyncRconClient },
  { name: 'observable', create: RxRconClient },
] as const

describe.each(FLAVORS)('the $name client over the WebSocket of a browser', ({ name, create }) => {
  function open(server: string, token: string = gateway.tokens.ann): Client {
    const client = new create({ connection: connectGateway(gateway.url, { server, token }) })
    clients.push(client)
    return client
  }

  const send = (client: Client, text: string, options: object = {}) =>
    settled(client.sendCommand(text, options) as Promise<string> | Observable<string>)

  const failure = (result: Promise<unknown>) =>
    result.then(
      () => undefined,
      (error: unknown) => error,
    )

  /** What the client reports of its connection, from now on. */
  function heard(client: Client, names: readonly ('gap' | 'playerConnect')[]): unknown[] {
    const events: unknown[] = []
    for (const name of names) client.listen(name, (event) => void events.push(event))
    return events
  }

  it('reads a list of many parts whole, and knows the players of it', async () => {
    const client = open('altis')
    const players = await settled(client.fetchPlayers() as Promise<readonly { readonly name: string }[]>)
    const names = players.map(({ name }) => name)
    for (let index = 0; index < 60; index++) expect(names).toContain(`Player ${index} é`)
    expect(client.players.length).toBe(players.length)
  })

  it('hears who joins', async () => {
    const client = open('altis')
    await settled(client.fetchPlayers() as Promise<unknown>)
    const events = heard(client, ['playerConnect'])
    await commands.joinGame('Newcomer')
    await expect.poll(() => events).toHaveLength(1)
    expect(events[0]).toMatchObject({ name: 'Newcomer' })
  })

  it('answers 500 commands that are sent at once, each with its own reply', async () => {
    const client = open('echo')
    const texts = Array.from({ length: 500 }, (_, index) => `say -1 ${index} привет`)
    expect(await Promise.all(texts.map((text) => send(client, text)))).toEqual(texts)
  })

  it('says what the role does not allow, and when a user beyond its limit may go on', async () => {
    const client = open('altis', gateway.tokens[name])
    expect(await failure(send(client, 'bans'))).toMatchObject({ code: 'command-disallowed' })
    await failure(send(client, 'players'))
    const error = await failure(send(client, 'players'))
    expect(error).toMatchObject({ code: 'rate-limited', name: 'RateLimitedError' })
    expect((error as { readonly retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(60_000)
  })

  it('ends with a wrong token', async () => {
    const client = open('altis', 'somebody-elses-token')
    expect(await failure(send(client, 'players'))).toMatchObject({ code: 'login-refused' })
    expect(client.state).toBe('closed')
  })

  it('gives a command up', async () => {
    const client = open('echo')
    await send(client, 'say hello')
    const giving = new AbortController()
    const given = failure(send(client, 'wait', { signal: giving.signal }))
    giving.abort(new Error('enough'))
    expect(await given).toMatchObject({ message: 'enough' })
    expect(await send(client, 'say after it')).toBe('say after it')
  })

  it('says that a command may have been executed when the channel is cut, sends what may be sent again, and names the gap', async () => {
    const client = open('echo')
    await send(client, 'say hello')
    const gaps = heard(client, ['gap'])
    const [waits, twices] = [await commands.countHeard('wait'), await commands.countHeard('twice')]
    const once = failure(send(client, 'wait'))
    const again = send(client, 'twice', { resend: true })
    await expect.poll(() => commands.countHeard('wait')).toBeGreaterThan(waits)
    await expect.poll(() => commands.countHeard('twice')).toBeGreaterThan(twices)
    await commands.cutChannels()
    expect(await once).toMatchObject({ code: 'connection-lost', outcome: 'unknown' })
    expect(await again).toBe('twice')
    await expect.poll(() => gaps.length).toBeGreaterThan(0)
    expect(await send(client, 'say after the cut')).toBe('say after the cut')
  })

  it('fails what is under way when it is closed', async () => {
    const client = open('echo')
    await send(client, 'say hello')
    const waiting = failure(send(client, 'wait'))
    await settled(client.close() as Promise<unknown>)
    expect(await waiting).toMatchObject({ code: 'closed' })
  })
})
