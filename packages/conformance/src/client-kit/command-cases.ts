import { encodeServerPacket, encodeText } from '@bercon/protocol'
import { judge, right, unseen, wrong } from '../case.js'
import { framed } from '../framed.js'
import { type ClientCase, inWords } from './client-world.js'
import { type CommandFromClient, echo } from './fake-server.js'
import { answered, isReply, QUESTION } from './replies.js'

const MANY = 300
const NOT_ASCII = 'say -1 привет é'

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
    '2  192.0.2.9       perm',
  ].join('\n'),
}

/** P5, P6, W3, W6, W7 and defects 1, 2, 5 to 7, 9, 11 and 15: commands and replies. */
export const COMMAND_CASES: readonly ClientCase[] = [
  {
    id: 'first-sequence',
    rule: 'P5',
    level: 'should',
    title: 'Sequences start at 0',
    right: 'gives the first command after a login the sequence 0',
    async run(world) {
      await world.loggedIn()
      await world.ask('players')
      const first = world.server.commands[0]?.sequence
      if (first === undefined) return unseen('sent no command')
      return judge(first === 0, 'began with 0', `began with ${first}`)
    },
  },
  {
    id: 'next-sequence',
    rule: 'P5',
    level: 'should',
    title: 'Sequences go up by one and wrap',
    right: `sends ${MANY} commands with the sequences 0 to 255, 0, 1 and so on`,
    async run(world) {
      await world.loggedIn()
      for (let index = 0; index < MANY; index++) await world.ask(`c${index}`)
      const sequences = world.server.commands.map(({ sequence }) => sequence)
      const jump = sequences.findIndex((each, at) => {
        const previous = sequences[at - 1]
        // A repeat has the sequence of its command.
        return previous !== undefined && each !== previous && each !== ((previous + 1) & 0xff)
      })
      if (jump > 0) return wrong(`sent ${sequences[jump]} after ${sequences[jump - 1]}`)
      return judge(new Set(sequences).size === 256, 'did', `used ${new Set(sequences).size} sequences`)
    },
  },
  {
    id: 'one-by-one',
    rule: 'defect 2',
    level: 'must',
    title: `${MANY} commands one after the other`,
    right: 'reports the reply of each',
    async run(world) {
      await world.loggedIn()
      for (let index = 0; index < MANY; index++) {
        const outcome = await world.ask(`c${index}`)
        if (!isReply(outcome, echo(`c${index}`))) return wrong(`${inWords(outcome)} for command ${index}`)
      }
      return right('did')
    },
  },
  {
    id: 'at-once',
    rule: 'defect 2',
    level: 'must',
    title: `${MANY * 2} commands at once`,
    right: 'reports the reply of each, waiting with those for which there is no sequence',
    async run(world) {
      await world.loggedIn()
      const ids = Array.from({ length: MANY * 2 }, (_, index) => world.order(`c${index}`))
      const outcomes = await Promise.all(ids.map((id) => world.outcome(id, 30_000)))
      const replies = outcomes.filter((outcome, index) => isReply(outcome, echo(`c${index}`))).length
      const foreign = outcomes.filter((each) => each?.report === 'reply').length - replies
      const never = outcomes.filter((each) => each === undefined).length
      const failed = ids.length - replies - foreign - never
      return judge(
        replies === ids.length,
        'did',
        `${replies} right, ${foreign} replies of another command, ${failed} failed, ${never} never settled`,
      )
    },
  },
  {
    id: 'sequence-in-use',
    rule: 'defect 2',
    level: 'must',
    title: 'The sequence of a command that waits is not used for another',
    right: `does not use it for the next ${MANY} commands`,
    needs: 'concurrency',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      const answer = server.onCommand
      server.onCommand = (command, at) => command.text !== 'waits' && answer(command, at)
      world.order('waits', { resend: true })
      const waiting = await server.command('waits', 5_000)
      if (waiting === undefined) return wrong('did not send it')
      const done = await Promise.all(
        Array.from({ length: MANY }, (_, index) => world.ask(`c${index}`, { ms: 15_000 })),
      )
      if (done.every((each) => each === undefined)) return unseen('sends one command at a time')
      const again = server.commands
        .slice(0, server.commands.findLastIndex(({ text }) => text === `c${MANY - 1}`) + 1)
        .find(
          ({ sequence, text, atMs }) =>
            sequence === waiting.sequence && text !== 'waits' && atMs > waiting.atMs,
        )
      return judge(again === undefined, 'did not', `used sequence ${waiting.sequence} for another`)
    },
  },
  {
    id: 'command-bytes',
    rule: 'defect 6',
    level: 'must',
    title: 'A command that is not ASCII is sent whole',
    right: 'sends its UTF-8 bytes, all of them',
    async run(world) {
      await world.loggedIn()
      world.order(NOT_ASCII)
      if ((await world.server.command(NOT_ASCII, 3_000)) !== undefined) return right('did')
      const cut = world.server.commands.find(({ text }) => text.startsWith('say'))
      return wrong(cut === undefined ? 'did not send it' : `sent ${JSON.stringify(cut.text)}`)
    },
  },
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
      return right('did')
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
      return right('did')
    },
  },
  {
    id: 'sent-again',
    rule: 'defect 1',
    level: 'should',
    title: 'A command that may be sent again is, when no reply comes',
    right: 'sends it again within 8 s, and reports the reply to the second sending',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      let count = 0
      server.onCommand = ({ sequence, text }) => {
        if (text !== QUESTION) server.reply(sequence, '')
        else if (++count > 1) server.reply(sequence, echo(text))
      }
      const outcome = await world.ask(QUESTION, { resend: true })
      if (count < 2) return wrong('sent it once')
      return judge(isReply(outcome, echo(QUESTION)), 'did', `sent it again, then ${inWords(outcome)}`)
    },
  },
  {
    id: 'sent-once',
    rule: 'W7',
    level: 'should',
    title: 'A command that may not be sent again is sent once',
    right: 'sends it once, because a server probably executes a repeat again',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      server.onCommand = ({ sequence, text }) => text !== QUESTION && server.reply(sequence, '')
      world.order(QUESTION)
      await world.sleep(8_000)
      const count = server.count(QUESTION)
      return judge(count === 1, 'sent it once', `sent it ${count} times within 8 s`)
    },
  },
  {
    id: 'lost-reply',
    rule: 'defect 11',
    level: 'must',
    title: 'A command that is never answered settles',
    right: 'reports a failure within 45 s',
    needs: 'time',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      server.onCommand = ({ sequence, text }) => text !== QUESTION && server.reply(sequence, '')
      const outcome = await world.ask(QUESTION, { resend: true, ms: 45_000 })
      return judge(outcome?.report === 'failure', 'reported a failure', inWords(outcome))
    },
  },
]
