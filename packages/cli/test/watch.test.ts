import { createInterface } from 'node:readline'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterEach, expect, it } from 'vitest'
import { PASSWORD, serverEnv, start } from './bercon-process.js'

let simulator: Simulator
afterEach(() => simulator.close())

/** Starts `watch`, and returns its events one by one. */
function watch(...flags: readonly string[]) {
  const child = start(['watch', '--format', 'ndjson', ...flags], serverEnv(simulator.port))
  const ended = new Promise((resolve) => child.once('close', resolve))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value ?? 'null')
  const nextOf = async (type: string) => {
    for (;;) {
      const event = await next()
      if (event === null || event.type === type) return event
    }
  }
  const stop = async () => {
    child.kill('SIGINT')
    return ended
  }
  return { next, nextOf, stop }
}

it('emits events, one per line, until it is interrupted', async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
  const { next, nextOf, stop } = watch()
  expect(await next()).toEqual({
    type: 'connect',
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    address: expect.any(String),
    attempts: expect.any(Number),
  })
  await nextOf('adminLogin')
  const slot = simulator.world.join({ name: '🐻 דוד', guid: 'a'.repeat(32), ip: '192.0.2.1', port: 2304 })
  simulator.world.chat(slot, 'Side', 'hello: there')
  expect(await nextOf('playerMessage')).toMatchObject({
    name: '🐻 דוד',
    channel: 'Side',
    message: 'hello: there',
    raw: '(Side) 🐻 דוד: hello: there',
    player: { id: 0, guid: 'a'.repeat(32) },
  })
  expect(await stop()).toBe(130)
})

it('emits 800 lines that arrive at once, each once and in order', async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
  const { nextOf, stop } = watch('--only', 'unknownMessage,adminLogin')
  await nextOf('adminLogin')
  // The sequence of messages wraps three times.
  const count = 800
  for (let index = 0; index < count; index++) simulator.world.emit(`line ${index}`)
  for (let index = 0; index < count; index++)
    expect(await nextOf('unknownMessage')).toMatchObject({ raw: `line ${index}` })
  await stop()
})
