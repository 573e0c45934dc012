import { AsyncRconClient, UdpTransport } from '@bercon/client'
import type { Provocation } from '../provocation.js'
import { NONE, NOWHERE, replied, Scene, SILENT } from '../scene.js'

const never = (value: unknown) => value as never
const client = new AsyncRconClient()
const make = (options: unknown) => () => new AsyncRconClient(never(options))
const connect =
  (...given: unknown[]) =>
  () =>
    new AsyncRconClient().connect(...(given as [string, number, string]))

const OPTIONS: readonly Provocation[] = [
  { call: 'new AsyncRconClient({ keepAliveMS: 3 })', provoke: make({ keepAliveMS: 3 }) },
  { call: 'new AsyncRconClient({ keepAliveMs: -1 })', provoke: make({ keepAliveMs: -1 }) },
  { call: "new AsyncRconClient({ keepAliveMs: '3 s' })", provoke: make({ keepAliveMs: '3 s' }) },
  { call: 'new AsyncRconClient({ encoding: 5 })', provoke: make({ encoding: 5 }) },
  { call: "new AsyncRconClient({ encoding: 'iso-2022-jp' })", provoke: make({ encoding: 'iso-2022-jp' }) },
  { call: "new AsyncRconClient('127.0.0.1')", provoke: make('127.0.0.1') },
  { call: 'new AsyncRconClient({ cache: {} })', provoke: make({ cache: {} }) },
  { call: "new AsyncRconClient({ transport: 'udp' })", provoke: make({ transport: 'udp' }) },
  { call: 'new AsyncRconClient({ dialect: {} })', provoke: make({ dialect: {} }) },
  {
    call: 'new AsyncRconClient({ connection, keepAliveMs: 3_000 })',
    provoke: make({ connection: { exchange: () => '', subscribe: () => () => {} }, keepAliveMs: 3_000 }),
  },
  {
    call: 'new UdpTransport({ receiveBufferBytes: 0 })',
    provoke: () => new UdpTransport({ receiveBufferBytes: 0 }),
  },
]

const LISTENERS: readonly Provocation[] = [
  {
    call: 'client.listen(function on_login() {})',
    provoke: () =>
      client.listen(
        never(function on_login() {}),
        never(undefined),
      ),
  },
  { call: "client.listen('login')", provoke: () => client.listen('login', never(undefined)) },
  { call: "client.listen('login', 'hello')", provoke: () => client.listen('login', never('hello')) },
  {
    call: "client.addListener('on_login', f)",
    provoke: () => client.addListener(never('on_login'), () => {}),
  },
  { call: "client.listen('raid', f)", provoke: () => client.listen(never('raid'), () => {}) },
  {
    call: "client.events('login', { maxQueued: 0 })",
    provoke: () => client.events('login', { maxQueued: 0 }),
  },
  {
    call: "client.waitFor('login', { signal: 'stop' })",
    provoke: () => client.waitFor('login', { signal: never('stop') }),
  },
  {
    call: "client.waitFor('login', { timeoutMs: 0 })",
    provoke: () => client.waitFor('login', { timeoutMs: 0 }),
  },
  {
    call: "client.waitFor('login')",
    when: 'the client is closed meanwhile',
    provoke: () => {
      const closing = new AsyncRconClient()
      const waited = closing.waitFor('login')
      void closing.close()
      return waited
    },
  },
  {
    call: "for await (const event of client.events('message', { maxQueued: 1 }))",
    when: 'the loop is slow',
    provoke: async () => {
      const slow = new AsyncRconClient()
      const messages = slow.events('unknownMessage', { maxQueued: 1 })
      const failed = slow.waitFor('error')
      for (const line of ['one', 'two', 'three']) slow.onMessage(line)
      await messages.next()
      return (await failed).error
    },
  },
]

const CONNECT: readonly Provocation[] = [
  { call: "client.connect('', 2306, 'hunter2')", provoke: connect('', 2306, 'hunter2') },
  {
    call: "client.connect('192.0.2.9:2306', 2306, 'hunter2')",
    provoke: connect('192.0.2.9:2306', 2306, 'hunter2'),
  },
  { call: "client.connect('192.0.2.9', 0, 'hunter2')", provoke: connect('192.0.2.9', 0, 'hunter2') },
  { call: "client.connect('192.0.2.9', 'hunter2', 2306)", provoke: connect('192.0.2.9', 'hunter2', 2306) },
  { call: "client.connect('192.0.2.9', 2306)", provoke: connect('192.0.2.9', 2306) },
  {
    call: "client.connect('192.0.2.9', 2306, 'x'.repeat(2_000))",
    provoke: connect('192.0.2.9', 2306, 'x'.repeat(2_000)),
  },
  {
    call: "client.connect('192.0.2.9', 2306, 'hunter2', { timeoutMs: 500 })",
    provoke: connect('192.0.2.9', 2306, 'hunter2', { timeoutMs: 500 }),
  },
  {
    call: "client.connect('192.0.2.9', 2306, 'hunter3')",
    when: 'the password is another',
    provoke: async () => {
      const scene = new Scene()
      await scene.serve('')
      return scene.settle(scene.client().connect('192.0.2.9', 2306, 'hunter3'))
    },
  },
  {
    call: "client.connect('192.0.2.99', 2306, 'hunter2')",
    when: 'no server answers there',
    provoke: () => {
      const scene = new Scene()
      return scene.settle(scene.client().connect(SILENT, 2306, 'hunter2'))
    },
  },
  {
    call: "client.connect('game.example', 2306, 'hunter2')",
    when: 'the name has no address',
    provoke: () => {
      const scene = new Scene()
      return scene.settle(scene.client().connect(NOWHERE, 2306, 'hunter2'))
    },
  },
  {
    call: "client.connect('game.example', 2306, 'hunter2')",
    when: 'your `lookup` returns `localhost`',
    provoke: async () => {
      const transport = new UdpTransport({ lookup: async () => ['localhost'] })
      const lost = new AsyncRconClient({ transport, loginTimeoutMs: 1 })
      const failed = await lost.connect('game.example', 2306, 'hunter2').catch((error: unknown) => error)
      await lost.close()
      return failed
    },
  },
  {
    call: "client.connect('192.0.2.9', 2306, 'hunter2')",
    when: 'the client is connected',
    provoke: replied('', (connected) => connected.connect('192.0.2.9', 2306, 'hunter2')),
  },
]

const BROKEN_LIST =
  'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n' +
  `${'-'.repeat(50)}\n0   192.0.2.7:2304   31   ${'a'.repeat(32)}(OK) Rook\n(2 players in total)`

// Notices within seconds that its server is gone.
const QUICK = {
  keepAliveMs: 1_000,
  unresponsiveAfterMs: 2_000,
  forgottenAfterMs: 5_000,
  forgottenAfterPackets: 1,
}

const COMMANDS: readonly Provocation[] = [
  {
    call: 'client.kick(3)',
    when: 'the client never connected',
    provoke: () => new AsyncRconClient().kick(3),
  },
  {
    call: 'client.kick(3)',
    when: 'the client is closed',
    provoke: replied('', async (connected) => {
      await connected.close()
      return connected.kick(3)
    }),
  },
  {
    call: 'client.kick(3)',
    when: 'you close the client before the reply',
    provoke: replied(NONE, (connected) => {
      const kicked = connected.kick(3)
      queueMicrotask(() => connected.close())
      return kicked
    }),
  },
  {
    call: 'client.kick(3)',
    when: 'no reply arrives',
    provoke: replied(NONE, (connected) => connected.kick(3)),
  },
  {
    call: 'client.fetchPlayers()',
    when: 'no reply arrives',
    provoke: replied(NONE, (connected) => connected.fetchPlayers()),
  },
  {
    call: 'client.kick(3, undefined, { timeoutMs: 50 })',
    when: 'the client is reconnecting',
    provoke: replied(
      NONE,
      async (connected, server) => {
        server.pause()
        await connected.waitFor('reconnecting')
        return connected.kick(3, undefined, { timeoutMs: 50 })
      },
      QUICK,
    ),
  },
  {
    call: 'client.kick(3)',
    when: 'the login is lost before the reply',
    provoke: replied(
      NONE,
      (connected, server) => {
        server.pause()
        return connected.kick(3)
      },
      QUICK,
    ),
  },
  {
    call: 'client.kick(3)',
    when: 'RestrictRCon forbids it',
    provoke: replied('Disallowed command', (it) => it.kick(3)),
  },
  {
    call: "client.sendCommand('kikc 3')",
    provoke: replied('Unknown command', (connected) => connected.sendCommand('kikc 3')),
  },
  {
    call: "client.checkDisallowedCommand('Disallowed command')",
    provoke: () => client.checkDisallowedCommand('Disallowed command', never(undefined)),
  },
  {
    call: "client.checkDisallowedCommand('kick 3', 'Disallowed command')",
    provoke: () => client.checkDisallowedCommand('kick 3', 'Disallowed command'),
  },
  {
    call: 'client.fetchPlayers()',
    when: 'the reply is a list of bans',
    provoke: replied('GUID Bans:\n\nIP Bans:\n', (connected) => connected.fetchPlayers()),
  },
  {
    call: 'client.fetchPlayers()',
    when: 'the last line counts another number of players',
    provoke: replied(BROKEN_LIST, (connected) => connected.fetchPlayers()),
  },
  {
    call: 'client.fetchBans()',
    when: 'the reply is longer than you allow',
    provoke: replied('x'.repeat(5_000), (connected) => connected.fetchBans(), { maxReplyBytes: 2_000 }),
  },
  {
    call: 'client.kick(3, undefined, { resend: true })',
    provoke: () => client.kick(3, undefined, never({ resend: true })),
  },
  { call: 'client.fetchBans({ cls: 5 })', provoke: () => client.fetchBans({ cls: never(5) }) },
  { call: "client.unban('Rook')", provoke: () => client.unban('Rook') },
  {
    call: 'player.banGuid()',
    when: 'the player just connected',
    provoke: () => {
      const lone = new AsyncRconClient()
      lone.onMessage('Player #3 Rook (192.0.2.7:2304) connected')
      return lone.getPlayer(3)?.banGuid()
    },
  },
  {
    call: "client.findPlayers({ nmae: 'Rook' })",
    provoke: () => client.findPlayers(never({ nmae: 'Rook' })),
  },
]

export const CLIENT: readonly Provocation[] = [...OPTIONS, ...LISTENERS, ...CONNECT, ...COMMANDS]
