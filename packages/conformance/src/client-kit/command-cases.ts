import { judge, right, unseen, wrong } from '../case.js'
import { type ClientCase, inWords } from './client-world.js'
import { echo } from './fake-server.js'
import { isReply } from './replies.js'

const MANY = 300
const NOT_ASCII = 'say -1 привет é'

/** P5, defects 2 and 6: the sequences and bytes of commands, and that each gets its own reply. */
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
      return judge(
        new Set(sequences).size === 256,
        'used all 256 in order',
        `used ${new Set(sequences).size} sequences`,
      )
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
      return right('reported each reply')
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
        'reported each reply',
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
      return judge(again === undefined, 'did not use it', `used sequence ${waiting.sequence} for another`)
    },
  },
  {
    id: 'settles-once',
    rule: 'P6',
    level: 'must',
    title: 'A command is reported once',
    right: 'reports one reply, and nothing more of that command',
    async run(world) {
      await world.loggedIn()
      const id = world.order('players')
      const outcome = await world.outcome(id)
      if (!isReply(outcome, echo('players'))) return wrong(inWords(outcome))
      await world.sleep(1_000)
      const count = world.reports.filter((each) => 'id' in each && each.id === id).length
      return judge(count === 1, 'reported one reply', `reported ${count} outcomes`)
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
      if ((await world.server.command(NOT_ASCII, 3_000)) !== undefined) return right('sent them')
      const cut = world.server.commands.find(({ text }) => text.startsWith('say'))
      return wrong(cut === undefined ? 'did not send it' : `sent ${JSON.stringify(cut.text)}`)
    },
  },
]
