import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emittingServer } from './emitting-server.js'
import { printed } from './script.js'

const CONNECT = "const client = new SyncRconClient().connect('127.0.0.1', port, 'hunter2')\n"
const BREAKING = `import { dialect } from './breaking-dialect.mjs'
const client = new SyncRconClient({ dialect, workerTimeoutMs: 60_000 }).connect('127.0.0.1', port, 'hunter2')
function attempt(call) {
  try { call(); console.log('no error') } catch (error) { console.log(JSON.stringify(error)) }
}
`
// The blocked thread counts each of its waits in full, but waits a few milliseconds only.
const HURRIED = `
const { wait } = Atomics
const now = performance.now.bind(performance)
let skippedMs = 0
performance.now = () => now() + skippedMs
Atomics.wait = (array, at, value, ms) => {
  const woken = wait(array, at, value, Math.min(ms, 5))
  if (woken === 'timed-out') skippedMs += ms
  return woken
}
`
let port = 0

const server = emittingServer()

beforeAll(async () => {
  port = (await server.listen()).port
})
afterAll(() => server.close())

describe('a script', () => {
  it('exits on its own after the close, and a second close', async () => {
    const lines = await printed(
      `${CONNECT}
      console.log(client.sendCommand('hello'))
      client.close()
      client.close()
      console.log(client.state, client.closed.reason, client.isRunning())`,
      port,
    )
    expect(lines).toEqual(['hello', 'closed undefined false'])
  })

  it('exits on its own with an open client', async () => {
    expect(await printed(`${CONNECT} console.log(client.state)`, port)).toEqual(['connected'])
    expect(await printed(`${CONNECT} process.exit()`, port)).toEqual([])
  })

  it('gets an error after the timeout, and can continue', async () => {
    const lines = await printed(
      `${CONNECT}
      try { client.sendCommand('silence', { timeoutMs: 50 }) } catch ({ code, outcome, stack }) {
        console.log(code, outcome, stack.includes('[eval1]'))
      }
      console.log(client.sendCommand('hello'))
      client.close()`,
      port,
    )
    expect(lines).toEqual(['command-timeout unknown true', 'hello'])
  })

  it('gets an error for a refused password, and for a second connect', async () => {
    const lines = await printed(
      `
      const client = new SyncRconClient()
      try { client.connect('127.0.0.1', port, 'wrong') } catch (error) { console.log(error.code, client.state) }
      client.connect('127.0.0.1', port, 'hunter2')
      try { client.connect('127.0.0.1', port, 'hunter2') } catch (error) { console.log(error.code, client.state) }`,
      port,
    )
    expect(lines).toEqual(['login-refused refused', 'already-connected connected'])
  })

  it('gets an error when there is no server', async () => {
    const lines = await printed(
      `
      try { new SyncRconClient({ loginTimeoutMs: 200 }).connect('127.0.0.1', 9, 'hunter2') }
      catch (error) { console.log(error.code) }`,
      port,
    )
    expect(lines).toEqual(['login-timeout'])
  })

  const blocks = ['try { BODY } finally { client.close() }']
  if (Number(process.versions.node.split('.')[0]) >= 24) blocks.push('{ using it = client; BODY }')
  it.each(blocks)('closes the client when an exception leaves %s', async (block) => {
    const lines = await printed(
      `${CONNECT}
      try { ${block.replace('BODY', 'throw new Error(client.state)')} } catch (error) { console.log(error.message) }
      console.log(client.state)`,
      port,
    )
    expect(lines).toEqual(['connected', 'closed'])
  })

  it('can be CommonJS', async () => {
    const lines = await printed(
      `
      import { createRequire } from 'node:module'
      const required = createRequire(import.meta.url)('@bercon/sync')
      console.log(typeof required.SyncRconClient)`,
      port,
    )
    expect(lines).toEqual(['function'])
  })

  it('ends cleanly while messages arrive', async () => {
    const lines = await printed(
      `
      const client = new SyncRconClient({ playersIntervalMs: 0 }).connect('127.0.0.1', port, 'hunter2')
      client.sendCommand('emit 500 line')
      console.log(client.state)`,
      port,
    )
    expect(lines).toEqual(['connected'])
  })

  it('receives the events that arrived while it was busy, the oldest counted beyond the limit', async () => {
    const lines = await printed(
      `
      // It stays connected, however busy the machine is.
      const patient = { unresponsiveAfterMs: 3_600_000, forgottenAfterMs: 3_600_000 }
      const options = { ...patient, maxQueuedEvents: 20, keepAliveMs: 50, playersIntervalMs: 0 }
      const client = new SyncRconClient(options).connect('127.0.0.1', port, 'hunter2')
      client.sendCommand('emit 50 line')
      // The line of the login is one more.
      while (client.statistics.acknowledged < 51);
      const texts = []
      client.listen('message', ({ text }) => texts.push(text))
      client.listen('error', ({ error }) => console.log(error.name, error.lost >= 30))
      console.log(client.poll(), client.state, texts.at(-1), client.statistics.lostEvents >= 30)
      client.close()`,
      port,
    )
    // The event that says how many were dropped, and the newest 20.
    expect(lines).toEqual(['EventsLostError true', '21 connected line 49 true'])
  })
})

describe('a worker that breaks', () => {
  it('is replaced by another connect', async () => {
    const lines = await printed(
      `${BREAKING}
      attempt(() => client.sendCommand('crash'))
      client.connect('127.0.0.1', port, 'hunter2')
      console.log(client.state, client.closed, client.statistics.logins)
      client.close()`,
      port,
    )
    expect(lines[1]).toBe('connected undefined 2')
  })

  it.each([
    ['crash', 'a defect'],
    ['exit', 'it ended by itself'],
    ['hang', 'it gave no sign of life for 60000 ms'],
  ])('by a %s is an error of the call under way and of all later ones', async (command, detail) => {
    const lines = await printed(
      `${BREAKING}
      ${command === 'hang' ? HURRIED : ''}
      attempt(() => client.sendCommand(${JSON.stringify(command)}))
      attempt(() => client.fetchPlayers())
      console.log(client.state, client.closed.reason.code, client.poll())
      try { client.fetchPlayers() } catch (error) { console.log(error.message) }
      client.close()`,
      port,
    )
    const error = { code: 'worker-failure', detail }
    expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([
      { ...error, command, outcome: 'unknown' },
      { ...error, command: 'players', outcome: 'not-sent' },
    ])
    expect(lines[2]).toBe('closed worker-failure 0')
    expect(lines[3]).toBe(
      `The client's worker thread failed during "players" (${detail}); the command was not sent, so sending it again is safe; call connect() to start another worker`,
    )
  })

  it('between two calls is an error of the next call', async () => {
    const lines = await printed(
      `const broken = new Promise((resolve) => process.once('worker', (worker) => worker.once('exit', resolve)))
      ${BREAKING}
      client.sendCommand('crash later')
      // An open channel keeps the process alive, which the worker does not.
      const channel = new BroadcastChannel('crash')
      channel.postMessage('now')
      await broken
      channel.close()
      attempt(() => client.poll())
      attempt(() => client.waitFor('message'))`,
      port,
    )
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { code: 'worker-failure', outcome: 'not-sent', detail: 'a defect' },
      { code: 'worker-failure', outcome: 'not-sent', detail: 'a defect' },
    ])
  })

  it('reports a dialect that cannot be imported', async () => {
    const lines = await printed(
      `
      import { battleye } from '@bercon/core/kit'
      const dialect = { ...battleye, name: 'none', module: 'file:///nowhere.js' }
      try { new SyncRconClient({ dialect }).connect('127.0.0.1', port, 'hunter2') }
      catch (error) { console.log(error.code, error.argument) }`,
      port,
    )
    expect(lines).toEqual(['invalid-argument dialect.module'])
  })
})
