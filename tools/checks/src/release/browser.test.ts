import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../workspace.js'

/** What a package is bundled to for a browser, with all that it imports: nothing is left outside. */
async function browserBundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: `${ROOT}packages/rx` },
    absWorkingDir: ROOT,
    bundle: true,
    format: 'iife',
    globalName: 'bundled',
    platform: 'browser',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles.map(({ text }) => text).join('')
}

interface Exports {
  readonly [name: string]: () => unknown
  readonly promised: () => unknown
  readonly observed: () => unknown
}

/** Runs it with what every browser has, and nothing of Node's; returns what it exports. */
function load(bundle: string): Exports {
  const { AbortController, console, performance, setTimeout, clearTimeout, setInterval, clearInterval } =
    globalThis
  const { TextDecoder, TextEncoder, queueMicrotask } = globalThis
  const platform = {
    ...{ AbortController, console, performance, setTimeout, clearTimeout, setInterval, clearInterval },
    ...{ TextDecoder, TextEncoder, queueMicrotask },
  }
  return runInContext(`${bundle}\nbundled`, createContext(platform))
}

it.each(['protocol', 'core', 'core/capture', 'client', 'rx', 'arma', 'reforger'])(
  '@bercon/%s is bundled for a browser, and loads there',
  async (entry) => {
    const [name, below = ''] = entry.split('/')
    const file = `${ROOT}packages/${name}/${join('dist', below, 'index.js')}`
    const exported = load(await browserBundle(`export * from '${file}'`))
    expect(Object.keys(exported)).not.toEqual([])
  },
)

const SCENE = `
  import { AsyncRconClient, encodeText } from '@bercon/client'
  import { MemoryTransport } from '@bercon/core/testing'
  import { decodeClientPacket, encodeServerPacket } from '${ROOT}packages/protocol/dist/index.js'
  import { RxRconClient, systemClock } from '@bercon/rx'
  import { lastValueFrom, switchMap, take } from 'rxjs'

  const peer = {
    onDatagram(datagram, from) {
      const { type, sequence, bytes } = decodeClientPacket(datagram)
      if (type === 'login') from.deliver(encodeServerPacket({ type: 'login', accepted: true }))
      if (type === 'command') from.deliver(encodeServerPacket({ type: 'response', sequence, bytes }))
    },
  }
  const options = () => ({
    transport: new MemoryTransport(systemClock, new Map([['192.0.2.1', peer]])),
    playersIntervalMs: 0,
  })

  export async function promised() {
    const client = await new AsyncRconClient(options()).connect('192.0.2.1', 2302, 'hunter2')
    return await client.sendCommand('echo').finally(() => client.close())
  }
  export function observed() {
    const session$ = new RxRconClient(options()).connect('192.0.2.1', 2302, 'hunter2')
    return lastValueFrom(session$.pipe(switchMap((client) => client.sendCommand('echo')), take(1)))
  }
  export const withoutTransport = () => new AsyncRconClient()
  export const withoutTransportRx = () => new RxRconClient()
`

describe('in a browser', () => {
  let scene: Exports

  beforeAll(async () => {
    scene = load(await browserBundle(SCENE))
  })

  it('clients work over a transport that is given', async () => {
    expect(await scene.promised?.()).toBe('echo')
    expect(await scene.observed?.()).toBe('echo')
  })

  it.each(['withoutTransport', 'withoutTransportRx'])('a client says what is missing: %s', (name) => {
    expect(() => scene[name]?.()).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        argument: 'transport',
        message: expect.stringContaining('or a connection in its place'),
      }),
    )
  })
})
