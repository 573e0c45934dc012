import { describe, expect, it } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client.js'
import type { ConnectionState } from '../connection/connection-state.js'
import { VirtualClock } from '../testing/index.js'

const GUID = 'a'.repeat(32)

// Values that plain JavaScript can pass despite the types.
const untyped = (value: unknown) => value as never

describe('a client', () => {
  it.each<[call: (client: ScriptedClient) => Promise<unknown>, text: string, resend: boolean]>([
    [(client) => client.sendCommand('#lock'), '#lock', false],
    [(client) => client.sendCommand('#lock', { timeoutMs: 5 }), '#lock', false],
    [(client) => client.sendCommand('#lock', { resend: true }), '#lock', true],
    [(client) => client.kick(3), 'kick 3', false],
    [(client) => client.unban(7), 'removeBan 7', false],
  ])('sends a command again only if it may be executed twice: %#', async (call, text, resend) => {
    const client = new ScriptedClient()
    await call(client)
    expect(client.sent.map(({ request }) => [request.text, request.resend])).toEqual([[text, resend]])
  })

  it('has one deadline for all commands of an operation', async () => {
    const client = new ScriptedClient({ replies: [`GUID Bans:\n0  ${GUID} perm x\n1  ${GUID} perm y\n`] })
    await client.unban(GUID, { timeoutMs: 500 })
    expect(client.sent.map(({ request, options }) => [request.text, options?.timeoutMs])).toEqual([
      ['bans', 500],
      ['removeBan 1', 200],
      ['removeBan 0', 0],
    ])
  })

  it('is running from the call of connect until it ends, and is connected while it is logged in', () => {
    const states = [
      'idle',
      'connecting',
      'connected',
      'unresponsive',
      'reconnecting',
      'refused',
      'closed',
    ] as const
    const those = (is: (client: ScriptedClient) => boolean) =>
      states.filter((state: ConnectionState) => is(new ScriptedClient({ state })))
    expect(those((client) => client.isRunning())).toEqual([
      'connecting',
      'connected',
      'unresponsive',
      'reconnecting',
    ])
    expect(those((client) => client.isConnected())).toEqual(['connected', 'unresponsive'])
  })
})

it('emits a line from elsewhere with the time that was passed, and otherwise with the present', () => {
  const client = new ScriptedClient()
  const times: (number | undefined)[] = []
  client.listen('unknownMessage', ({ at }) => times.push(at))
  client.onMessage('hello', { at: 0 })
  client.onMessage('hello', { at: 5 })
  client.onMessage('hello')
  expect(times).toEqual([0, 5, new VirtualClock().wallNow()])
})

it('parses replies as its operations return them', () => {
  const client = new ScriptedClient()
  expect(client.parseMissions('Missions on server:\nops.Altis.pbo\ncoop.pbo\n')).toEqual([
    'ops.Altis.pbo',
    'coop.pbo',
  ])
  const admins = client.parseAdmins('Connected RCon admins:\n2 192.0.2.9:50961\n0 192.0.2.9:50960\n')
  expect(admins.map(({ id }) => id)).toEqual([0, 2])
  expect(() => client.parseMissions('nonsense')).toThrow('is not what that command returns')
})

describe('an argument of the wrong kind is refused by name', () => {
  const order = 'checkDisallowedCommand takes the command, then its reply'

  it.each<[call: (client: ScriptedClient) => unknown, argument: string, message: string]>([
    [
      (client) => client.checkDisallowedCommand(untyped(undefined), 'Disallowed command'),
      'command',
      `${order}; the command is missing`,
    ],
    [
      (client) => client.checkDisallowedCommand('Disallowed command', untyped(undefined)),
      'reply',
      `${order}; the reply is missing`,
    ],
    [(client) => client.findPlayers({ guid: untyped(7) }), 'guid', 'guid must be a string, but is a number'],
    [
      (client) => client.parseBans('', { cls: untyped('Ban') }),
      'cls',
      'cls must be a class that extends Ban, but is "Ban"',
    ],
  ])('%#', (call, argument, message) => {
    expect(() => call(new ScriptedClient())).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument, message }),
    )
  })

  it('as what is expected too', () => {
    const client = new ScriptedClient()
    const expected = expect.objectContaining({ expected: 'a string' })
    expect(() => client.checkDisallowedCommand(untyped(undefined), '')).toThrow(expected)
    expect(() => client.checkDisallowedCommand('', untyped(undefined))).toThrow(expected)
  })

  it('as the target of an unban, before anything is sent', async () => {
    const client = new ScriptedClient()
    for (const target of [null, undefined, true, 'Rook'])
      await expect(client.unban(untyped(target))).rejects.toMatchObject({
        code: 'invalid-argument',
        argument: 'target',
      })
    expect(client.sent).toEqual([])
  })
})
