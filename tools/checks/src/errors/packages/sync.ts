import { EventDispatcher, type RconEvents } from '@bercon/core'
import { battleye } from '@bercon/core/kit'
import { SyncRconClient } from '@bercon/sync'
import type { Provocation } from '../provocation.js'

const never = (value: unknown) => value as never
const client = new SyncRconClient()

/** Has an event for each listener at once, so that no worker is needed. */
class EagerDispatcher extends EventDispatcher<RconEvents<'sync'>> {
  override on(name: never, listener: (event: never) => unknown): () => void {
    const off = super.on(name, listener)
    listener(never({ type: name }))
    return off
  }
}

/** A dialect whose module is this source. */
function dialectOf(source: string) {
  return { ...battleye, name: 'another', module: `data:text/javascript,${source}` }
}

function connectWith(source: string): void {
  using broken = new SyncRconClient({ dialect: dialectOf(source) })
  broken.connect('127.0.0.1', 2306, 'hunter2')
}

export const SYNC: readonly Provocation[] = [
  {
    call: 'new SyncRconClient({ workerTimeout: 3 })',
    provoke: () => new SyncRconClient(never({ workerTimeout: 3 })),
  },
  {
    call: 'new SyncRconClient({ workerTimeoutMs: 3 })',
    provoke: () => new SyncRconClient({ workerTimeoutMs: 3 }),
  },
  {
    call: 'new SyncRconClient({ dialect })',
    when: 'the dialect names no module',
    provoke: () => new SyncRconClient({ dialect: { ...battleye, name: 'another' } }),
  },
  {
    call: "client.waitFor('login', { timeout: 3 })",
    provoke: () => client.waitFor('login', never({ timeout: 3 })),
  },
  {
    call: "client.waitFor('login', { signal })",
    provoke: () => client.waitFor('login', { signal: new AbortController().signal }),
  },
  {
    call: "client.waitFor('unknownMessage', { check: async () => true })",
    provoke: () =>
      new SyncRconClient({ dispatch: new EagerDispatcher() }).waitFor('unknownMessage', {
        check: never(async () => true),
      }),
  },
  {
    call: "client.connect({ host: '127.0.0.1' }, 2306, 'hunter2')",
    provoke: () => client.connect(never({}), 2306, 'hunter2'),
  },
  { call: 'client.poll(-1)', provoke: () => client.poll(-1) },
  {
    call: "client.connect('127.0.0.1', 2306, 'hunter2')",
    when: 'the module of the dialect throws',
    provoke: () => connectWith("throw new Error('broken')"),
  },
  {
    call: "client.connect('127.0.0.1', 2306, 'hunter2')",
    when: 'the module exports another name',
    provoke: () => connectWith('export const other = 1'),
  },
  {
    call: "client.connect('127.0.0.1', 2306, 'hunter2')",
    when: 'the worker ends by itself',
    provoke: () => connectWith('process.exit()'),
  },
  {
    call: 'for (const event of client.events({ maxQueued: 1 }))',
    when: 'the body of the loop makes slow calls',
    provoke: () => {
      const slow = new SyncRconClient()
      const events = slow.events('unknownMessage', { maxQueued: 1 })
      const errors: unknown[] = []
      slow.listen('error', ({ error }) => errors.push(error))
      for (const line of ['one', 'two', 'three']) slow.onMessage(line)
      events.next()
      return errors[0]
    },
  },
]
