// A file that an option names and that cannot be used is reported before anything is sent.
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bercon, serverEnv } from './bercon-process.js'
import { newFile, newFolder } from './new-folder.js'

let socket: Socket
let datagrams = 0
beforeAll(async () => {
  socket = createSocket('udp4').bind(0, '127.0.0.1')
  socket.on('message', () => datagrams++)
  await once(socket, 'listening')
})
afterAll(() => {
  socket.close()
})

const MISSING = join(import.meta.dirname, 'missing', 'file')

it.each([
  ['players', '--geoip', MISSING],
  ['admins', '--geoip', import.meta.filename],
  ['bans', '--geoip', MISSING],
  ['players', '--password-file', MISSING],
  ['players', '--config', MISSING],
  ['players', '--server-cfg', MISSING],
  ['bans', 'export', MISSING],
  ['bans', 'export', '/'],
  ['bans', 'diff', MISSING],
  ['bans', 'import', MISSING, '--yes'],
  ['bans', 'apply', MISSING, '--yes'],
  ['record', MISSING, '--host', '127.0.0.1', '--port', '9'],
])('%s %s %s', async (...args) => {
  const { port } = socket.address()
  const before = datagrams
  const { code, stdout, stderr } = await bercon(args, { env: serverEnv(port) })
  const named = args.find((arg) => arg.startsWith('/')) as string
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^bercon: [^\n]+\n$/)
  expect(stderr).toContain(named)
  expect(datagrams).toBe(before)
})

it('in the profiles of several servers', async () => {
  const { port } = socket.address()
  const before = datagrams
  const folder = newFolder()
  const profile = (name: string, geoip: string) =>
    `[profiles.${name}]\nhost = "127.0.0.1"\nport = ${port}\ngame = "battleye"\ngeoip = "${geoip}"\n`
  const config = newFile('config.toml', profile('one', MISSING) + profile('two', folder))
  const env = { RCON_PASSWORD: 'hunter2', RCON_CONFIG: config }
  const { code, stdout, stderr } = await bercon(['players', '--all'], { env })
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^bercon: one: cannot read [^\n]+\nbercon: two: cannot read [^\n]+\n$/)
  expect(datagrams).toBe(before)
})
