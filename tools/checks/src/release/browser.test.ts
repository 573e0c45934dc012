import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { build as viteBuild } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../workspace.js'

/** A package bundled for a browser, with all its imports inside. */
async function esbuildBundle(contents: string): Promise<string> {
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

async function viteBundle(contents: string): Promise<string> {
  const name = '\0contents'
  const output = await viteBuild({
    root: `${ROOT}packages/rx`,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'contents',
        resolveId: (specifier) => (specifier.endsWith('/contents') ? name : undefined),
        load: (id) => (id === name ? contents : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      lib: { entry: './contents', formats: ['iife'], name: 'bundled' },
    },
  })
  const outputs = [output].flat().flatMap((each) => ('output' in each ? each.output : []))
  return outputs.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])).join('')
}

const BUNDLERS = { esbuild: esbuildBundle, Vite: viteBundle } as const
const bundlers = Object.entries(BUNDLERS)

interface Exports {
  readonly [name: string]: () => unknown
  readonly promised: () => unknown
  readonly observed: () => unknown
}

/** Runs it with the globals of every browser, without Node's; returns its exports. */
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

const ENTRIES = ['protocol', 'core', 'core/capture', 'client', 'rx', 'arma', 'reforger']

it.each(bundlers.flatMap(([bundler, bundle]) => ENTRIES.map((entry) => ({ bundler, bundle, entry }))))(
  '@bercon/$entry is bundled for a browser by $bundler, and loads there',
  async ({ bundle, entry }) => {
    const [name, below = ''] = entry.split('/')
    const file = `${ROOT}packages/${name}/${join('dist', below, 'index.js')}`
    const exported = load(await bundle(`export * from '${file}'`))
    expect(Object.keys(exported)).not.toEqual([])
  },
)

const SCENE = `
  import { AsyncRconClient } from '@bercon/client'
  import { encodeText } from '@bercon/core/kit'
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
    const client = await new AsyncRconClient(options()).connect('192.0.2.1', 2306, 'hunter2')
    return await client.sendCommand('echo').finally(() => client.close())
  }
  export function observed() {
    const session$ = new RxRconClient(options()).connect('192.0.2.1', 2306, 'hunter2')
    return lastValueFrom(session$.pipe(switchMap((client) => client.sendCommand('echo')), take(1)))
  }
  export const withoutTransport = () => new AsyncRconClient()
  export const withoutTransportRx = () => new RxRconClient()
`

describe.each(bundlers)('in a browser, bundled by %s', (_, bundle) => {
  let scene: Exports

  beforeAll(async () => {
    scene = load(await bundle(SCENE))
  })

  it('clients work over a given transport', async () => {
    expect(await scene.promised?.()).toBe('echo')
    expect(await scene.observed?.()).toBe('echo')
  })

  it.each(['withoutTransport', 'withoutTransportRx'])('a client reports what is missing: %s', (name) => {
    expect(() => scene[name]?.()).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        argument: 'transport',
        message: expect.stringContaining('pass a transport or a connection'),
      }),
    )
  })
})
