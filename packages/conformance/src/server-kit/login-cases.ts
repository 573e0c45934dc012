import { judge, unseen } from '../case.js'
import { QUIET_MS, type ServerProbe } from './server-probe.js'
import type { ServerCase, ServerWorld } from './server-world.js'

/** P4 and W1: who is let in. */
export const LOGIN_CASES: readonly ServerCase[] = [
  {
    id: 'login-accepted',
    rule: 'P4',
    level: 'must',
    title: 'The right password is accepted',
    right: 'answers 00 01',
    async run(world) {
      const answer = await (await world.open()).login(world.server.password)
      return judge(answer === 'accepted', 'answered 00 01', answerInWords(answer))
    },
  },
  {
    id: 'login-refused',
    rule: 'P4',
    level: 'must',
    title: 'A wrong password is refused',
    right: 'answers 00 00',
    async run(world) {
      const answer = await (await world.open()).login(wrongPassword(world))
      return judge(answer === 'refused', 'answered 00 00', answerInWords(answer))
    },
  },
  notAccepted('login-prefix', 'The beginning of the password is not accepted', (password) =>
    password.slice(0, -1),
  ),
  notAccepted('login-longer', 'A longer password is not accepted', (password) => `${password}x`),
  notAccepted('login-empty', 'An empty password is not accepted', () => ''),
  notAccepted('login-other-case', 'The password in another case is not accepted', inOtherCase),
  {
    id: 'login-again',
    rule: 'W1',
    level: 'should',
    title: 'A repeated login is answered again',
    right: 'answers 00 01 to each copy, because the first answer can be lost',
    async run(world) {
      const probe = await world.loggedIn()
      const answer = await probe.login(world.server.password)
      return judge(answer === 'accepted', 'answered again', answerInWords(answer))
    },
  },
  {
    id: 'login-again-keeps',
    rule: 'W1',
    level: 'must',
    title: 'A repeated login does not cost the login',
    right: 'answers the commands that follow',
    async run(world) {
      const probe = await world.loggedIn()
      await probe.login(world.server.password)
      const reply = await probe.ask(0, '')
      return judge(reply !== undefined, 'answered a command', 'answered no command any more')
    },
  },
  {
    id: 'login-same-port',
    rule: 'W1',
    level: 'should',
    title: 'A new login from the same port starts at sequence 0',
    right: 'answers command 0 of the new login',
    async run(world) {
      const probe = await world.loggedIn()
      for (const sequence of [0, 1, 2]) await probe.ask(sequence, '')
      await probe.login(world.server.password)
      const reply = await probe.ask(0, '')
      return judge(reply !== undefined, 'answered it', 'did not answer it')
    },
  },
  {
    id: 'command-before-login',
    rule: 'P4',
    level: 'must',
    title: 'Nobody is answered before a login',
    right: 'does not answer a command',
    run: async (world) => commandIgnored(world, await world.open()),
  },
  {
    id: 'command-after-refusal',
    rule: 'P4',
    level: 'must',
    title: 'Nobody is answered after a refused login',
    right: 'does not answer a command',
    async run(world) {
      const probe = await world.open()
      await probe.login(wrongPassword(world))
      return commandIgnored(world, probe)
    },
  },
  {
    id: 'two-clients',
    rule: 'P5',
    level: 'must',
    title: 'Two clients have sequences of their own',
    right: 'answers command 0 of each',
    async run(world) {
      const [first, second] = [await world.loggedIn(), await world.loggedIn()]
      const replies = await Promise.all([first.ask(0, ''), second.ask(0, '')])
      return judge(!replies.includes(undefined), 'answered both', 'did not answer both')
    },
  },
]

function notAccepted(id: string, title: string, other: (password: string) => string): ServerCase {
  return {
    id,
    rule: 'P4',
    level: 'must',
    title,
    right: 'refuses it, or does not answer',
    async run(world) {
      const { password } = world.server
      const given = other(password)
      if (given === password) return unseen('has a password without letters')
      const answer = await (await world.open()).login(given)
      return judge(answer !== 'accepted', answerInWords(answer), 'accepted it')
    },
  }
}

function inOtherCase(password: string): string {
  const small = password.toLowerCase()
  return small === password ? password.toUpperCase() : small
}

async function commandIgnored(world: ServerWorld, probe: ServerProbe) {
  const before = probe.received.length
  probe.sendCommand(0, 'players')
  probe.sendCommand(1, '')
  await world.sleep(QUIET_MS)
  const answers = probe.received.length - before
  return judge(answers === 0, 'did not answer', `sent ${answers} datagrams`)
}

/** As long as the right one, and as the right one but for its last character. */
function wrongPassword({ server }: ServerWorld): string {
  return `${server.password.slice(0, -1)}\u007f`
}

function answerInWords(answer: 'accepted' | 'refused' | 'silent'): string {
  return answer === 'silent' ? 'did not answer' : answer === 'accepted' ? 'answered 00 01' : 'answered 00 00'
}
