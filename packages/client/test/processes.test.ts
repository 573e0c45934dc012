import { execFile } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { decodeClientPacket, decodeText } from '@bercon/core/kit'
import { afterAll, beforeAll, expect, it } from 'vitest'

// Shorter than any timeout of the programs below, which is an hour: a program that waits for its timers is too late.
const LIMIT_MS = 60_000
const HOUR_MS = 3_600_000
const LOGIN_ACCEPTED = Buffer.from('424569ddde36ff0001', 'hex')

// Accepts logins with the right password, and answers nothing else.
let server: Socket

beforeAll(async () => {
  server = createSocket('udp4')
  server.on('message', (datagram, { port }) => {
    const packet = decodeClientPacket(datagram)
    if (packet.type === 'login' && decodeText(packet.bytes) === 'hunter2')
      server.send(LOGIN_ACCEPTED, port, '127.0.0.1')
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(() => server.close())

/** The output of a program, in a process of its own that must exit on its own with code 0 within the limit. */
async function printed(program: string): Promise<string> {
  const source = `import { AsyncRconClient, UdpTransport } from '@bercon/client'
    import { subscribe } from 'node:diagnostics_channel'
    const port = ${server.address().port}
    const [loginTimeoutMs, timeoutMs] = [${HOUR_MS}, ${HOUR_MS}]
    const codes = (calls) => Promise.all(calls.map((call) => call.then(() => 'done', ({ code }) => code)))
    ${program}`
  const args = ['--input-type=module', '--eval', source]
  const options = { cwd: new URL('.', import.meta.url), timeout: LIMIT_MS, killSignal: 'SIGKILL' } as const
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) => {
      expect({ errors: stderr, code: child.exitCode, signal: child.signalCode }).toEqual({
        errors: '',
        code: 0,
        signal: null,
      })
      resolve(stdout.trim())
    })
  })
}

it('a program that closes during the first login ends by itself', async () => {
  const lines = await printed(`
    const client = new AsyncRconClient({ loginTimeoutMs })
    subscribe('bercon:sent', () => client.close())
    console.log(await codes([client.connect('127.0.0.1', port, 'unanswered')]))`)
  expect(lines).toBe("[ 'closed' ]")
})

it('one that closes during a back-off of an hour', async () => {
  const lines = await printed(`
    const client = new AsyncRconClient({
      reconnectDelayMs: ${HOUR_MS},
      maxReconnectDelayMs: ${HOUR_MS},
      forgottenAfterPackets: 2,
      forgottenAfterMs: 20,
      keepAliveMs: 20,
      minResendIntervalMs: 5,
    })
    const away = client.waitFor('reconnecting')
    await client.connect('127.0.0.1', port, 'hunter2')
    console.log((await away).delayMs >= ${HOUR_MS / 2})
    const waiting = codes([client.sendCommand('x', { timeoutMs }), client.waitFor('connect')])
    await client.close()
    console.log(await waiting)`)
  expect(lines).toBe("true\n[ 'closed', 'closed' ]")
})

it('one that closes with 500 commands waiting', async () => {
  const lines = await printed(`
    const client = await new AsyncRconClient().connect('127.0.0.1', port, 'hunter2')
    const calls = Array.from({ length: 500 }, (_, index) => client.sendCommand('x', { resend: index % 2 === 0, timeoutMs }))
    const waiting = codes(calls)
    await client.close()
    console.log((await waiting).filter((code) => code === 'closed').length)`)
  expect(lines).toBe('500')
})

it('one that closes during its own lookup, which never ends', async () => {
  const lines = await printed(`
    const lookup = () => {
      setImmediate(() => client.close())
      return new Promise(() => {})
    }
    const client = new AsyncRconClient({ transport: new UdpTransport({ lookup }), loginTimeoutMs })
    console.log(await codes([client.connect('game.example', port, 'hunter2')]))`)
  expect(lines).toBe("[ 'closed' ]")
})
