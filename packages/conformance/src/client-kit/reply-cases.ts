import { encodeServerPacket, encodeText } from '@bercon/protocol'
import { right, wrong } from '../case.js'
import { framed } from '../framed.js'
import { type ClientCase, inWords } from './client-world.js'
import { type CommandFromClient, echo } from './fake-server.js'
import { answered, isReply } from './replies.js'

// What the kit sees is the text; what a client reads from it, it cannot see.
const ODD_LISTS: Readonly<Record<string, string>> = {
  players: [
    'Players on server:',
    '[#] [IP Address]:[Port] [Ping] [GUID] [Name]',
    '--------------------------------------------------',
    '0   192.0.2.1:2304      -1   -                                 Ann',
    '1   192.0.2.2:2304      31   00112233445566778899aabbccddeeff(?)  (Side) Bo: hi (Lobby)',
    '2   192.0.2.3:-1        0    00112233445566778899aabbccddeefe(OK)   spaces  (Lobby)',
    '(3 players in total)',
  ].join('\n'),
  bans: [
    'GUID Bans:',
    '[#] [GUID] [Minutes left] [Reason]',
    '----------------------------------------',
    '0  00112233445566778899aabbccddeeff perm ',
    '1  00112233445566778899aabbccddeefe -5 a: b',
    '',
    'IP Bans:',
    '[#] [IP Address] [Minutes left] [Reason]',
    '----------------------------------------------',
    '2  192.0.2.9       perm ',
  ].join('\n'),
}

/** P1, P6, W3, W4, W6, W7 and defects 5, 9 and 15: which datagrams are a reply, and what it is. */
export const REPLY_CASES: readonly ClientCase[] = [
  answered('empty-reply', 'W3', 'An empty reply is a reply', '', ({ sequence }, { server }) =>
    server.reply(sequence, ''),
  ),
  answered('reply-text', 'W6', 'A reply in UTF-8 arrives whole', 'ответ é ✓', ({ sequence }, { server }) =>
    server.reply(sequence, 'ответ é ✓'),
  ),
  {
    ...answered(
      'slow-reply',
      'W7',
      'A reply that takes 4 s is accepted',
      'slow',
      ({ sequence }, { server, clock }) => {
        clock.setTimer(() => server.reply(sequence, 'slow'), 4_000)
      },
    ),
    // How long a client waits is its own choice.
    level: 'should',
  },
  {
    id: 'odd-rows',
    rule: 'defect 15',
    level: 'must',
    title: 'Lists with odd rows arrive whole',
    right: 'reports every row of players and bans, with (?), -, a ping of -1 or no reason too',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      const normal = server.onCommand
      server.onCommand = (command) => {
        const list = ODD_LISTS[command.text]
        if (list === undefined) normal(command, server)
        else server.reply(command.sequence, list)
      }
      for (const [text, list] of Object.entries(ODD_LISTS)) {
        const outcome = await world.ask(text, { resend: true })
        if (!isReply(outcome, list)) return wrong(`asked for ${text}, ${inWords(outcome)}`)
      }
      return right('reported every row')
    },
  },
  answered(
    'foreign-response',
    'P6',
    'A response of another sequence is not the reply',
    'own',
    ({ sequence }, world) => {
      for (const other of [1, 2, 100, 255]) world.server.reply((sequence + other) & 0xff, 'foreign')
      world.clock.setTimer(() => world.server.reply(sequence, 'own'), 300)
    },
  ),
  answered(
    'message-is-no-reply',
    'defect 5',
    'A message is not the reply of a command with its sequence',
    'own',
    ({ sequence }, world) => {
      world.server.message(sequence, 'a message')
      world.clock.setTimer(() => world.server.reply(sequence, 'own'), 300)
    },
  ),
  answered(
    'reply-checksum',
    'P1',
    'A reply with a wrong checksum is not accepted',
    'own',
    ({ sequence }, world) => {
      const damaged = encodeServerPacket({ type: 'response', sequence, bytes: encodeText('wrong') })
      world.server.send(damaged.map((byte, at) => (at === damaged.length - 1 ? byte ^ 1 : byte)))
      world.clock.setTimer(() => world.server.reply(sequence, 'own'), 300)
    },
  ),
  answered(
    'hostile-datagrams',
    'defect 9',
    'Short and random datagrams do no harm',
    'own',
    ({ sequence }, world) => {
      const reply = encodeServerPacket({ type: 'response', sequence, bytes: encodeText('own') })
      for (let length = 0; length < reply.length; length++) world.server.send(reply.slice(0, length))
      for (const length of [1, 20, 300])
        world.server.send(Uint8Array.from({ length }, (_, at) => (at * 89) & 0xff))
      for (const payload of [[], [0], [1], [2], [3, 0], [1, sequence, 0], [1, sequence, 0, 1], [0, 2]])
        world.server.send(framed(Uint8Array.from(payload)))
      world.clock.setTimer(() => world.server.send(reply), 300)
    },
  ),
  {
    id: 'late-copies',
    rule: 'W4',
    level: 'should',
    title: 'Late copies of a reply are not the replies of later commands',
    right: 'reports the reply of each of the next 100 commands, while copies of the first reply come',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      const answer = server.onCommand
      let first: CommandFromClient | undefined
      server.onCommand = (command, at) => {
        if (command.text === 'c0') first ??= command
        if (first !== undefined) server.reply(first.sequence, echo(first.text))
        answer(command, at)
      }
      for (let index = 0; index <= 100; index++) {
        const outcome = await world.ask(`c${index}`)
        if (!isReply(outcome, echo(`c${index}`))) return wrong(`${inWords(outcome)} for command ${index}`)
      }
      return right('reported each reply')
    },
  },
]
