import { judge, wrong } from '../case.js'
import { type ClientCase, inWords } from './client-world.js'
import { echo } from './fake-server.js'
import { isReply, QUESTION } from './replies.js'

/** W7 and defects 1 and 11: what a client does when no reply comes. */
export const RESEND_CASES: readonly ClientCase[] = [
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
      return judge(
        isReply(outcome, echo(QUESTION)),
        'sent it again and reported the reply',
        `sent it again, then ${inWords(outcome)}`,
      )
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
