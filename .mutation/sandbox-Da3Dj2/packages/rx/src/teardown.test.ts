// @ts-nocheck
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { RconClientCache } from '@bercon/core'
import { take } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { FakeConnection } from '../test/fake-connection.js'
import { RxRconClient } from './rx-rcon-client.js'

class CountingCache extends RconClientCache {
  listeners = 0

  override onChange(listener: () => void): () => void {
    const off = super.onChange(listener)
    this.listeners++
    return () => {
      this.listeners--
      off()
    }
  }
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}

const TIMES = 10_000

describe('players$', () => {
  it('leaves no listener at the cache, however it ends', async () => {
    const cache = new CountingCache()
    const client = new RxRconClient({ cache, connection: new FakeConnection() })
    client.onMessage('Player #1 Ann (192.0.2.1:2304) connected')
    client.players$.pipe(take(1)).subscribe()
    client.players$.subscribe().unsubscribe()
    client.player$(1).subscribe()
    client.players$.subscribe()
    expect(cache.listeners).toBe(2)
    client.onMessage('Player #1 Ann disconnected')
    expect(cache.listeners).toBe(1)
    client.close()
    await client.close().forEach(() => {})
    expect(cache.listeners).toBe(0)
  })

  it('does not grow the heap over many subscriptions', () => {
    const collect = collector()
    const client = new RxRconClient({ connection: new FakeConnection() })
    const heapAfter = (times: number) => {
      for (let time = 0; time < times; time++) {
        client.players$.subscribe().unsubscribe()
        client.connection$.subscribe().unsubscribe()
        client.chat$.subscribe().unsubscribe()
      }
      collect()
      return process.memoryUsage().heapUsed
    }
    const before = heapAfter(1_000)
    // A leaked listener takes more than 100 bytes.
    expect(heapAfter(TIMES) - before).toBeLessThan(TIMES * 50)
  })
})
