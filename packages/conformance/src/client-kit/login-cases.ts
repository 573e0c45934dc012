import { decodeText } from '@bercon/protocol'
import { judge, right, unseen, wrong } from '../case.js'
import { type ClientCase, inWords, PASSWORD } from './client-world.js'
import { echo, type FromClient } from './fake-server.js'

/** P1, P4, W1, W15 and defects 10 to 12: logging in. */
export const LOGIN_CASES: readonly ClientCase[] = [
  {
    id: 'login-accepted',
    rule: 'P4',
    level: 'must',
    title: 'The right password is accepted',
    right: 'reports "logged-in" within 10 s',
    async run(world) {
      world.orderLogin()
      const outcome = await world.loginOutcome()
      if (outcome?.report === 'logged-in') return right('reported it')
      return wrong(`${inWords(outcome)}, and ${firstInWords(world.server.received[0]?.packet)}`)
    },
  },
  {
    id: 'frame',
    rule: 'P1',
    level: 'must',
    title: 'Datagrams are framed',
    right: 'sends only datagrams with "BE", the CRC-32 of the rest, FF and a known packet',
    async run(world) {
      await world.loggedIn()
      world.server.message(0, 'hello')
      await world.ask('players')
      await world.sleep(500)
      const bad = world.server.received.flatMap(({ packet }) =>
        packet.type === 'malformed' ? [packet.problem] : [],
      )
      return judge(bad.length === 0, 'sent packets only', `sent ${bad.length} that are none: ${bad[0]}`)
    },
  },
  {
    id: 'login-first',
    rule: 'P4',
    level: 'must',
    title: 'The first datagram is a login',
    right: 'sends 00 and the password before anything else',
    async run(world) {
      world.orderLogin({ password: 'conformance' })
      await world.loginOutcome()
      const first = world.server.received[0]?.packet
      if (first === undefined) return wrong('sent nothing')
      if (first.type !== 'login') return wrong(`began with ${first.type}`)
      return judge(new TextDecoder().decode(first.bytes) === PASSWORD, 'sent it', 'sent another password')
    },
  },
  {
    id: 'silent-until-login',
    rule: 'P4',
    level: 'must',
    title: 'No command is sent before the login is accepted',
    right: 'sends nothing but logins while it waits for the answer',
    async run(world) {
      world.server.onLogin = () => undefined
      world.orderLogin()
      if (!(await world.started())) return wrong('sent no login')
      world.order('players')
      await world.sleep(1_500)
      const early = world.server.received.filter(({ packet }) => packet.type !== 'login').length
      return judge(early === 0, 'waited', `sent ${early} other packets`)
    },
  },
  {
    id: 'login-repeated',
    rule: 'W1',
    level: 'should',
    title: 'A login that is not answered is sent again',
    right: 'sends it again within 10 s, because it or its answer can be lost',
    async run(world) {
      let count = 0
      world.server.onLogin = () => (++count > 1 ? true : undefined)
      world.orderLogin()
      const outcome = await world.loginOutcome(12_000)
      if (count < 2) return wrong('sent it once')
      return judge(outcome?.report === 'logged-in', 'sent it again and logged in', inWords(outcome))
    },
  },
  {
    id: 'late-login-answer',
    rule: 'W1',
    level: 'should',
    title: 'An answer to the login that takes 3 s is accepted',
    right: 'logs in',
    async run(world) {
      world.server.onLogin = (_, server) => {
        world.clock.setTimer(() => server.sendPacket({ type: 'login', accepted: true }), 3_000)
        return undefined
      }
      world.orderLogin()
      const outcome = await world.loginOutcome()
      return judge(outcome?.report === 'logged-in', 'logged in', inWords(outcome))
    },
  },
  {
    id: 'login-answered-twice',
    rule: 'W15',
    level: 'must',
    title: 'A second answer to the login does no harm',
    right: 'stays logged in',
    async run(world) {
      await world.loggedIn()
      world.server.sendPacket({ type: 'login', accepted: true })
      const outcome = await world.ask('after')
      return judge(isEcho(outcome, 'after'), 'stayed logged in', inWords(outcome))
    },
  },
  {
    id: 'login-refused',
    rule: 'P4',
    level: 'must',
    title: 'A refused login is reported',
    right: 'reports a failure within 10 s',
    async run(world) {
      world.orderLogin({ password: 'wrong' })
      const outcome = await world.loginOutcome()
      return judge(outcome?.report === 'login-failed', 'reported it', inWords(outcome))
    },
  },
  {
    id: 'refused-not-retried',
    rule: 'defect 12',
    level: 'must',
    title: 'A refused password is not tried again',
    right: 'sends no further login, because servers can ban those who guess',
    async run(world) {
      world.orderLogin({ password: 'wrong' })
      await world.loginOutcome()
      await world.sleep(500)
      const before = world.server.logins.length
      await world.sleep(10_000)
      const more = world.server.logins.length - before
      return judge(more === 0, 'sent none', `sent ${more} more within 10 s`)
    },
  },
  {
    id: 'login-not-answered',
    rule: 'defect 11',
    level: 'must',
    title: 'A login that is never answered is reported',
    right: 'reports a failure within a minute',
    needs: 'time',
    async run(world) {
      world.server.onLogin = () => undefined
      world.orderLogin()
      const outcome = await world.loginOutcome(60_000)
      return judge(outcome?.report === 'login-failed', 'reported it', inWords(outcome))
    },
  },
  {
    id: 'host-name',
    rule: 'defect 10',
    level: 'should',
    title: 'A host name works like an address',
    right: 'logs in at "localhost"',
    async run(world) {
      world.orderLogin({ host: 'localhost' })
      const outcome = await world.loginOutcome()
      if (world.server.received.length === 0) return unseen('sent nothing to 127.0.0.1')
      return judge(outcome?.report === 'logged-in', 'logged in', inWords(outcome))
    },
  },
  {
    id: 'server-restart',
    rule: 'defect 12',
    level: 'should',
    title: 'A client logs in again after the server has restarted',
    right: 'notices within two minutes that the server answers nothing, logs in and works on',
    needs: 'time',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      const known = server.onCommand
      const before = server.logins.length
      server.onCommand = () => {}
      for (let passed = 0; passed < 120 && server.logins.length === before; passed++) await world.sleep(1_000)
      if (server.logins.length === before) return wrong('did not log in again within two minutes')
      server.onCommand = known
      const first = server.commands.length
      const outcome = await world.ask('again')
      if (!isEcho(outcome, 'again')) return wrong(`logged in, then ${inWords(outcome)}`)
      const sequence = server.commands[first]?.sequence
      return right(`logged in again and began with sequence ${sequence}`)
    },
  },
]

/** What a client that is not logged in sent first: all that it can be asked about. */
function firstInWords(packet: FromClient['packet'] | undefined): string {
  if (packet === undefined) return 'sent nothing'
  if (packet.type === 'malformed') return `began with what is no packet: ${packet.problem}`
  if (packet.type !== 'login') return `began with ${packet.type}`
  return decodeText(packet.bytes) === PASSWORD ? 'sent the password' : 'sent another password'
}

function isEcho(
  outcome: Awaited<ReturnType<Parameters<ClientCase['run']>[0]['ask']>>,
  text: string,
): boolean {
  return outcome?.report === 'reply' && outcome.text === echo(text)
}
