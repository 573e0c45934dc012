import { LoginRefusedError } from '@bercon/core'
import { map, NEVER, type Observable, take } from 'rxjs'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeConnection } from '../test/fake-connection.js'
import { marbles } from '../test/marbles.js'
import { RxRconClient } from './rx-rcon-client.js'

const GUID = 'a'.repeat(32)
const LINES = {
  a: 'Player #1 Ann (192.0.2.1:2304) connected',
  A: `Player #1 Ann - BE GUID: ${GUID}`,
  b: 'Player #2 Bob (192.0.2.2:2304) connected',
  c: '(Side) Ann: hello',
  g: 'RCon admin #0: (Global) hello',
  u: 'nobody knows this line',
  x: 'Player #1 Ann disconnected',
  y: 'Player #2 Bob disconnected',
}

let connection: FakeConnection
let client: RxRconClient

beforeEach(() => {
  connection = new FakeConnection()
  client = new RxRconClient({ connection })
})

/** Feeds in the lines of `script`, and expects these values of `stream$` meanwhile. */
function expectStream<T>(
  script: string,
  stream$: Observable<T>,
  expected: string,
  values: Record<string, T>,
) {
  marbles(({ cold, expectObservable }) => {
    cold(script, LINES).subscribe((line) => client.onMessage(line))
    expectObservable(stream$).toBe(expected, values)
  })
}

describe('events', () => {
  it('emits the events with the name, from the subscription on', () => {
    const names$ = client.events('playerConnect').pipe(map(({ name }) => name))
    expectStream('-a-c-b', names$, '-a---b', { a: 'Ann', b: 'Bob' })
  })
})

describe('joinsAndLeaves$', () => {
  it('emits each join and each leave once, a kick with its line, and changes that a list shows', () => {
    const changes$ = client.joinsAndLeaves$.pipe(map(({ kind, player }) => `${kind} ${player.name}`))
    const seen: string[] = []
    changes$.subscribe((change) => seen.push(change))
    const reply = 'Players on server:\n2   192.0.2.2:2304   31   - Bob\n(1 players in total)'
    connection.emit({ type: 'command', at: 0, text: 'players', reply, sentAfter: -1 })
    client.onMessage(LINES.a)
    client.onMessage('Player #1 Ann (-) has been kicked by BattlEye: Admin Kick (afk)')
    client.onMessage(LINES.x)
    const empty = 'Players on server:\n(0 players in total)'
    connection.emit({ type: 'command', at: 0, text: 'players', reply: empty, sentAfter: 9 })
    expect(seen).toEqual(['join Ann', 'leave Ann', 'leave Bob'])
  })
})

describe('messages$', () => {
  it('emits every line once, readable or not, in order', () => {
    const types$ = client.messages$.pipe(map(({ type }) => type))
    expectStream('-abAcugx', types$, '-abAcugx', {
      a: 'playerConnect',
      b: 'playerConnect',
      A: 'playerGuid',
      c: 'playerMessage',
      u: 'unknownMessage',
      g: 'adminMessage',
      x: 'playerDisconnect',
    })
  })
})

describe('chat$', () => {
  it('emits what players say', () => {
    const said$ = client.chat$.pipe(map(({ message, player }) => `${player}: ${message}`))
    expectStream('-a-c-g', said$, '---c', { c: 'Ann: hello' })
  })
})

describe('players$', () => {
  it('emits the current list, and then the list after each change', () => {
    client.onMessage(LINES.b)
    const names$ = client.players$.pipe(map((players) => players.map(String).join(' ')))
    expectStream('-a-c-y', names$, 'ba---y', { b: 'Bob', a: 'Ann Bob', y: 'Ann' })
  })

  it('keeps the objects of those who did not change', () => {
    const lists: unknown[][] = []
    client.players$.subscribe((players) => lists.push([...players]))
    for (const line of [LINES.a, LINES.b, LINES.A]) client.onMessage(line)
    const [, , before, after] = lists
    expect(after?.[1]).toBe(before?.[1])
    expect(after?.[0]).not.toBe(before?.[0])
  })

  it('has the change before its event is emitted', () => {
    const seen: string[] = []
    client.chat$.subscribe()
    client.events('playerConnect').subscribe(() => seen.push('event'))
    client.players$.subscribe(({ length }) => seen.push(`${length} players`))
    client.onMessage(LINES.a)
    expect(seen).toEqual(['0 players', '1 players', 'event'])
  })

  it('does not miss a change that its subscriber makes at once', () => {
    const lengths: number[] = []
    client.players$.subscribe(({ length }) => {
      lengths.push(length)
      if (length === 0) client.onMessage(LINES.a)
    })
    expect(lengths).toEqual([0, 1])
  })
})

describe('player$', () => {
  it('follows a slot until the player leaves', () => {
    const guid$ = client.player$(1).pipe(map(({ guid }) => guid ?? 'unknown'))
    expectStream('-a-b-A-c-x-a', guid$, '-a---A---|', { a: 'unknown', A: GUID })
  })

  it('follows a GUID, in any letter case, from when it is known', () => {
    const name$ = client.player$(GUID.toUpperCase()).pipe(map(String))
    expectStream('-a-b-A-c-x-a', name$, '-----A---|', { A: 'Ann' })
  })

  it('completes when somebody else has the slot', () => {
    client.onMessage('Player #2 Zoe (192.0.2.9:2304) connected')
    const name$ = client.player$(2).pipe(map(String))
    expectStream('--b--', name$, 'z-|', { z: 'Zoe' })
  })

  it.each([-1, 1.5, 'Ann', GUID.slice(1)])('refuses %j by name', (idOrGuid) => {
    expect(() => client.player$(idOrGuid)).toThrow(/^(playerId|idOrGuid) must be/)
  })
})

describe('stats$', () => {
  it('emits the statistics at once and then every interval', () => {
    marbles(({ expectObservable }) => {
      const sent$ = client.stats$(1_000).pipe(map(({ sent }) => sent))
      expectObservable(sent$, '^ 2500ms !').toBe('a 999ms b 999ms c', { a: 0, b: 1, c: 2 })
    })
  })

  it('refuses an invalid interval by name', () => {
    expect(() => client.stats$(0)).toThrow('intervalMs must be')
  })
})

describe('connection$', () => {
  it('emits the state of the connection and the attempts, and completes with the end', () => {
    marbles(({ cold, expectObservable }) => {
      cold('-c-f-r-c-x', {
        c: { type: 'connect', at: 0, address: '192.0.2.9', attempts: 1, elapsedMs: 0 } as const,
        f: { type: 'disconnect', at: 0, reason: 'forgotten' } as const,
        r: { type: 'reconnecting', at: 0, attempt: 1, delayMs: 700 } as const,
        x: { type: 'disconnect', at: 0, reason: 'closed' } as const,
      }).subscribe((event) => connection.emit(event))
      expectObservable(client.connection$).toBe('ic---r-c-(x|)', {
        i: { state: 'idle' },
        c: { state: 'connected' },
        r: { state: 'reconnecting', attempt: 1, delayMs: 700 },
        x: { state: 'closed', reason: 'closed' },
      })
    })
  })
})

describe('the end of the client', () => {
  const streams = (): [string, Observable<unknown>][] => [
    ['events', client.events('message')],
    ['messages$', client.messages$],
    ['chat$', client.chat$],
    ['players$', client.players$],
    ['player$', client.player$(1)],
    ['stats$', client.stats$(1_000)],
  ]

  it('completes every stream when it is closed, also one that is subscribed to later', async () => {
    const completed: string[] = []
    const watch = (when: string) => {
      for (const [name, stream$] of [...streams(), ['connection$', client.connection$] as const])
        stream$.subscribe({ complete: () => completed.push(`${when} ${name}`) })
    }
    watch('before')
    client.close()
    await connection.closed
    watch('after')
    expect(completed).toHaveLength(14)
  })

  it('fails every stream with the refusal at a reconnect, except connection$, which emits it', async () => {
    const refusal = new LoginRefusedError({ host: '192.0.2.9', port: 2306, attempts: 1, elapsedMs: 0 })
    const errors: unknown[] = []
    const states: unknown[] = []
    for (const [, stream$] of streams()) stream$.subscribe({ error: (error) => errors.push(error) })
    client.connection$.subscribe({ next: (status) => states.push(status), error: () => states.push('error') })
    connection.refuse(refusal)
    await connection.closed
    expect(errors).toEqual(Array(6).fill(refusal))
    expect(states.at(-1)).toEqual({ state: 'closed', reason: 'refused' })
    expect(() => client.isLoggedIn()).toThrow(refusal)
  })
})

describe('a stream', () => {
  it('leaves no listener behind, however it ends', () => {
    const names = ['playerMessage', 'playerConnect', 'unknownMessage', 'message'] as const
    const listeners = () => names.map((name) => client.dispatch.listenerCount(name))
    const streams: readonly Observable<unknown>[] = [client.messages$, client.chat$, client.events('message')]
    const subscriptions = streams.map((stream$) => stream$.subscribe())
    client.chat$.pipe(take(1)).subscribe()
    expect(listeners()).toEqual([3, 1, 1, 1])
    client.onMessage(LINES.c)
    expect(listeners()).toEqual([2, 1, 1, 1])
    for (const subscription of subscriptions) subscription.unsubscribe()
    client.chat$
      .pipe(map(() => NEVER))
      .subscribe()
      .unsubscribe()
    expect(listeners()).toEqual([0, 0, 0, 0])
  })
})
