import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emittingServer } from './emitting-server.js'
import { printed } from './script.js'

const CONNECT = `
const client = new SyncRconClient({ playersIntervalMs: 0 }).connect('127.0.0.1', port, 'hunter2')
process.on('exit', () => client.close())
function attempt(call) {
  try { console.log(call()) } catch ({ code, argument, event }) { console.log(code, argument ?? event ?? '') }
}
`
const server = emittingServer()
let port = 0

beforeAll(async () => {
  port = (await server.listen()).port
})
afterAll(() => server.close())

describe('waitFor', () => {
  it('returns the next event that passes the check', async () => {
    const lines = await printed(
      `${CONNECT}
      client.sendCommand('emit 5 line')
      const { text } = client.waitFor('message', { check: ({ text }) => text === 'line 3' })
      console.log(text, client.waitFor('unknownMessage', { timeoutMs: 5_000 }).raw)
      console.log(client.dispatch.listenerCount('message'))`,
      port,
    )
    expect(lines).toEqual(['line 3 line 4', '0'])
  })

  it('fails after its time, and when no event can arrive', async () => {
    const lines = await printed(
      `${CONNECT}
      attempt(() => client.waitFor('playerKick', { timeoutMs: 20 }))
      attempt(() => new SyncRconClient().waitFor('playerKick'))
      client.close()
      attempt(() => client.waitFor('playerKick'))`,
      port,
    )
    expect(lines).toEqual(['wait-timeout playerKick', 'not-connected ', 'closed '])
  })

  it('a loop ends with the close, and hears nothing of another connect', async () => {
    const lines = await printed(
      `${CONNECT}
      const until = (loop, wanted) => { while (loop.next().value?.text !== wanted); return wanted }
      const before = client.events('message')
      client.sendCommand('emit 1 early')
      console.log(until(before, 'early 0'))
      client.close()
      client.connect('127.0.0.1', port, 'hunter2')
      const after = client.events('message')
      client.sendCommand('emit 1 late')
      console.log(until(after, 'late 0'))
      console.log(before.next().done)`,
      port,
    )
    expect(lines).toEqual(['early 0', 'late 0', 'true'])
  })

  it('refuses what it cannot do by name', async () => {
    const lines = await printed(
      `${CONNECT}
      const { signal } = new AbortController()
      client.sendCommand('emit 1 line')
      attempt(() => client.waitFor('message', { check: async () => true }))
      attempt(() => client.waitFor('message', { signal }))
      attempt(() => client.connect('127.0.0.1', port, 'hunter2', { signal }))
      attempt(() => client.waitFor('message', { timeoutMs: -1 }))
      attempt(() => client.fetchPlayers({ timeoutMs: -1 }))
      attempt(() => client.fetchPlayers({ timeoutMs: () => 5 }))
      attempt(() => client.poll(NaN))
      attempt(() => new SyncRconClient().connect('127.0.0.1', () => port, 'hunter2'))
      attempt(() => new SyncRconClient({ maxQueuedEvents: 0 }))
      attempt(() => new SyncRconClient({ transport: {} }))
      attempt(() => new SyncRconClient({ dialect: { name: 'mine' } }))`,
      port,
    )
    const refused = ['check', 'signal', 'signal', 'timeoutMs', 'timeoutMs', 'timeoutMs', 'ms', 'port']
    const options = ['maxQueuedEvents', 'transport', 'dialect']
    expect(lines).toEqual([...refused, ...options].map((argument) => `invalid-argument ${argument}`))
  })
})

describe('events', () => {
  it('yields each event from the call on, until the time is up', async () => {
    const lines = await printed(
      `${CONNECT}
      const events = client.events('message', { timeoutMs: 300 })
      client.sendCommand('emit 3 line')
      while (client.waitFor('message').text !== 'line 2');
      for (const { text } of events) if (!text.startsWith('RCon')) console.log(text)
      console.log(client.dispatch.listenerCount('message'))`,
      port,
    )
    expect(lines).toEqual(['line 0', 'line 1', 'line 2', '0'])
  })

  it('yields all kinds of events without a name', async () => {
    const lines = await printed(
      `${CONNECT}
      const events = client.events()
      client.sendCommand('emit 1 line')
      for (const { type, text, raw } of events) {
        // The line of the login may arrive before the loop begins or in it.
        if ((text ?? raw ?? '').startsWith('RCon')) continue
        console.log(type)
        if (type === 'unknownMessage') client.close()
      }
      console.log(client.dispatch.listenerCount('message'))`,
      port,
    )
    expect(lines).toEqual(['command', 'message', 'unknownMessage', 'disconnect', '0'])
  })

  it('reports how many events it dropped while its body made other calls', async () => {
    const lines = await printed(
      `${CONNECT}
      client.listen('error', ({ error }) => console.log(error.name, error.lost))
      const events = client.events('unknownMessage', { maxQueued: 2, timeoutMs: 5_000 })
      client.sendCommand('emit 5 line')
      while (client.waitFor('message').text !== 'line 4');
      for (const { raw } of events) {
        console.log(raw)
        if (raw === 'line 4') break
      }`,
      port,
    )
    expect(lines).toEqual(['EventsLostError 3', 'line 3', 'line 4'])
  })
})

describe('a listener', () => {
  it('may call the client; the resulting events are delivered in order', async () => {
    const lines = await printed(
      `${CONNECT}
      client.listen('unknownMessage', ({ raw }) => console.log('first', raw, client.sendCommand('again')))
      client.listen('unknownMessage', ({ raw }) => console.log('second', raw))
      client.listen('command', ({ text }) => console.log('command', text))
      client.sendCommand('emit 2 line')
      const expected = ['line 0', 'line 1']
      while (expected.length > 0) client.waitFor('unknownMessage', { check: ({ raw }) => raw === expected[0] && expected.shift() !== '' })
      client.poll()`,
      port,
    )
    const line = (number: number) => [`first line ${number} again`, `second line ${number}`]
    expect(lines.filter((text) => !text.startsWith('command'))).toEqual([...line(0), ...line(1)])
    expect(lines.filter((text) => text === 'command again')).toHaveLength(2)
    expect(lines.indexOf('command again')).toBeGreaterThan(lines.indexOf('second line 0'))
  })

  it('may wait for another event', async () => {
    const lines = await printed(
      `${CONNECT}
      client.listen('message', ({ text }) => {
        if (text === 'line 0') console.log(client.waitFor('message', { timeoutMs: 5_000 }).text)
      })
      client.sendCommand('emit 2 line')
      client.waitFor('message', { check: ({ text }) => text === 'line 1' })`,
      port,
    )
    expect(lines).toEqual(['line 1'])
  })

  it('may close the client, and receives the event for it', async () => {
    const lines = await printed(
      `${CONNECT}
      client.listen('disconnect', ({ reason }) => console.log(reason))
      client.listen('unknownMessage', () => client.close())
      client.sendCommand('emit 1 line')
      attempt(() => client.waitFor('playerKick'))`,
      port,
    )
    expect(lines).toEqual(['closed', 'closed '])
  })
})
