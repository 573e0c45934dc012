import { judge, right, wrong } from '../case.js'
import type { ClientCase, ClientWorld } from './client-world.js'

const ACKNOWLEDGED_MS = 2_000
const REPORT_MS = 1_000
const MANY = 300
const OPEN_AT_ONCE = 16

const ODD_LINES = [
  '(Side) Ann: Bo: hello',
  '(Global) (Side) Bo: : hi',
  'Player #3 Player #4 Ann disconnected disconnected',
  'Player #0  two  spaces  (192.0.2.1:2304) connected',
  '(Side) Ann:  spaces ',
  '(Side) Ann: ',
]

/** P8, W6, W10, W11, W15 and defects 14 and 15: messages. */
export const MESSAGE_CASES: readonly ClientCase[] = [
  {
    id: 'acknowledges',
    rule: 'P8',
    level: 'must',
    title: 'A message is acknowledged',
    right: 'sends 02 and the same sequence within 2 s',
    async run(world) {
      await world.loggedIn()
      for (const sequence of [0, 1, 200]) {
        world.server.message(sequence, `message ${sequence}`)
        if (!(await world.server.acknowledgment(sequence, ACKNOWLEDGED_MS)))
          return wrong(`did not acknowledge message ${sequence}`)
      }
      const foreign = world.server.acknowledged.find((sequence) => ![0, 1, 200].includes(sequence))
      return judge(foreign === undefined, 'acknowledged each', `acknowledged ${foreign} too`)
    },
  },
  {
    id: 'acknowledges-repeats',
    rule: 'P8',
    level: 'must',
    title: 'A repeat is acknowledged too',
    right: 'acknowledges each copy, because the acknowledgment can be lost',
    async run(world) {
      await world.loggedIn()
      for (let copy = 0; copy < 3; copy++) {
        world.server.message(0, 'a message')
        if (!(await world.server.acknowledgment(0, ACKNOWLEDGED_MS)))
          return wrong(`did not acknowledge copy ${copy}`)
      }
      return right('acknowledged each copy')
    },
  },
  {
    id: 'message-text',
    rule: 'W6',
    level: 'must',
    title: 'A message in UTF-8 arrives whole',
    right: 'reports its text',
    async run(world) {
      await world.loggedIn()
      const text = '(Side) Анна: é ✓'
      await deliver(world, 0, text)
      await world.sleep(REPORT_MS)
      return judge(world.messages.includes(text), 'reported it', `reported ${JSON.stringify(world.messages)}`)
    },
  },
  {
    id: 'odd-names',
    rule: 'defect 15',
    level: 'must',
    title: 'Lines with odd names arrive whole',
    right:
      'reports each line, though a name in it has a colon or looks like a line itself, and with the spaces at its end',
    async run(world) {
      await world.loggedIn()
      for (const [sequence, line] of ODD_LINES.entries()) await deliver(world, sequence, line)
      await world.sleep(REPORT_MS)
      const missing = ODD_LINES.find((line) => !world.messages.includes(line))
      return judge(missing === undefined, 'reported each', `did not report ${JSON.stringify(missing)}`)
    },
  },
  {
    id: 'message-not-utf8',
    rule: 'W6',
    level: 'should',
    title: 'A message that is not UTF-8 is reported all the same',
    right: 'reports it, however it reads',
    async run(world) {
      await world.loggedIn()
      await deliver(world, 0, Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x21))
      await world.sleep(REPORT_MS)
      const reports = world.messages.filter((text) => text.startsWith('caf')).length
      return judge(
        reports === 1,
        `reported ${JSON.stringify(world.messages[0])}`,
        `reported it ${reports} times`,
      )
    },
  },
  {
    id: 'repeat-reported-once',
    rule: 'W10',
    level: 'must',
    title: 'A repeated message is reported once',
    right: 'reports it once, also when a copy comes 2 s and 4 s later',
    async run(world) {
      await world.loggedIn()
      for (let copy = 0; copy < 3; copy++) {
        world.server.message(0, 'a message')
        await world.sleep(2_000)
      }
      return once(world, 'a message')
    },
  },
  {
    id: 'late-repeat-reported-once',
    rule: 'defect 14',
    level: 'must',
    title: 'A repeat that comes after newer messages is reported once',
    right: 'reports it once, though twelve others came between',
    async run(world) {
      await world.loggedIn()
      await deliver(world, 0, 'the first')
      for (let sequence = 1; sequence <= 12; sequence++) await deliver(world, sequence, `message ${sequence}`)
      await deliver(world, 0, 'the first')
      return once(world, 'the first')
    },
  },
  {
    id: 'same-text-twice',
    rule: 'W10',
    level: 'must',
    title: 'The same text with another sequence is another message',
    right: 'reports both',
    async run(world) {
      await world.loggedIn()
      await deliver(world, 0, '(Side) Ann: hello')
      await deliver(world, 1, '(Side) Ann: hello')
      await world.sleep(REPORT_MS)
      const reports = world.messages.length
      return judge(reports === 2, 'reported both', `reported ${reports}`)
    },
  },
  {
    id: 'message-wrap',
    rule: 'W11',
    level: 'must',
    title: `${MANY} messages of the same text`,
    right: 'reports every one, though their sequences come around again',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      for (let sent = 0; sent < MANY; sent += OPEN_AT_ONCE) {
        const numbers = Array.from(
          { length: Math.min(OPEN_AT_ONCE, MANY - sent) },
          (_, index) => (sent + index) & 0xff,
        )
        for (const sequence of numbers) server.message(sequence, 'tick')
        const known = await Promise.all(
          numbers.map((sequence) => server.acknowledgment(sequence, ACKNOWLEDGED_MS)),
        )
        const missing = known.indexOf(false)
        if (missing >= 0) return wrong(`did not acknowledge message ${sent + missing}`)
      }
      await world.sleep(REPORT_MS)
      const reports = world.messages.length
      return judge(reports === MANY, 'reported every one', `reported ${reports}`)
    },
  },
  {
    id: 'early-message',
    rule: 'W15',
    level: 'should',
    title: 'A message that overtakes the answer to the login is reported',
    right: 'acknowledges it and reports it',
    async run(world) {
      const { server } = world
      server.onLogin = () => {
        if (server.logins.length === 1) server.message(0, 'early')
        world.clock.setTimer(() => server.sendPacket({ type: 'login', accepted: true }), 200)
        return undefined
      }
      world.orderLogin()
      const outcome = await world.loginOutcome()
      if (outcome?.report !== 'logged-in') return wrong('did not log in')
      // A server repeats what was not acknowledged.
      if (!server.acknowledged.includes(0)) server.message(0, 'early')
      if (!(await acknowledgedBy(world, 0))) return wrong('did not acknowledge it')
      return once(world, 'early')
    },
  },
]

/** Sends a message, and waits until it is acknowledged and could have been reported. */
async function deliver(world: ClientWorld, sequence: number, text: string | Uint8Array): Promise<void> {
  world.server.message(sequence, text)
  await world.server.acknowledgment(sequence, ACKNOWLEDGED_MS)
  await world.sleep(REPORT_MS / 10)
}

async function acknowledgedBy({ server }: ClientWorld, sequence: number): Promise<boolean> {
  return server.acknowledged.includes(sequence) || server.acknowledgment(sequence, ACKNOWLEDGED_MS)
}

async function once(world: ClientWorld, text: string) {
  await world.sleep(REPORT_MS)
  const reports = world.messages.filter((each) => each === text).length
  return judge(reports === 1, 'reported it once', `reported it ${reports} times`)
}
