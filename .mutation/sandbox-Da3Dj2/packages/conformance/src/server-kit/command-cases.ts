// @ts-nocheck
import { encodeText } from '@bercon/protocol'
import { judge, right, seen, unseen, wrong } from '../case.js'
import { QUIET_MS } from './server-probe.js'
import type { ServerCase } from './server-world.js'

const MANY = 32
const SAME_TEXT = 400
const AT_ONCE = 16
const LONGEST_COMMAND_BYTES = 1_391

/** P5 to P7, W3, W7 to W9: commands and their sequences. */
export const COMMAND_CASES: readonly ServerCase[] = [
  {
    id: 'keep-alive',
    rule: 'P7',
    level: 'must',
    title: 'A keep-alive is answered',
    right: 'answers an empty command with an empty response of the same sequence',
    async run(world) {
      const reply = await (await world.loggedIn()).ask(0, '')
      if (reply === undefined) return wrong('did not answer it')
      return judge(reply.bytes.length === 0, 'answered it', `answered it with ${reply.bytes.length} bytes`)
    },
  },
  answersEach('same-sequence', 'P6', 'A response has the sequence of its command', [0, 1, 7, 128, 255]),
  answersEach('sequence-wrap', 'P5', 'Sequences wrap from 255 to 0', [253, 254, 255, 0, 1]),
  {
    id: 'many-at-once',
    rule: 'P6',
    level: 'should',
    title: 'Commands at once are all answered',
    right: `answers each of ${MANY} keep-alives that are sent together`,
    async run(world) {
      const probe = await world.loggedIn()
      const replies = await Promise.all(
        Array.from({ length: MANY }, (_, sequence) => probe.ask(sequence, '')),
      )
      const answered = replies.filter((reply) => reply !== undefined).length
      return judge(answered === MANY, 'answered all', `answered ${answered} of ${MANY}`)
    },
  },
  {
    id: 'same-text',
    rule: 'W7',
    level: 'must',
    title: 'The same text is executed each time it is sent',
    right: `answers ${SAME_TEXT} commands of one text, whose sequences come around again`,
    async run(world) {
      const probe = await world.loggedIn()
      for (let done = 0; done < SAME_TEXT; done += AT_ONCE) {
        const round = Array.from({ length: AT_ONCE }, (_, index) =>
          probe.ask((done + index) & 0xff, 'version'),
        )
        const missing = (await Promise.all(round)).indexOf(undefined)
        if (missing >= 0) return wrong(`did not answer command ${done + missing}`)
      }
      return right(`answered all ${SAME_TEXT}`)
    },
  },
  {
    id: 'sequence-zero',
    rule: 'W7',
    level: 'must',
    title: 'A client may use sequence 0 for everything',
    right: 'answers each of several commands with sequence 0, as clients in production send them',
    async run(world) {
      const probe = await world.loggedIn()
      for (const text of ['', 'version', '', '', 'version', 'version'])
        if ((await probe.ask(0, text)) === undefined) return wrong(`did not answer ${JSON.stringify(text)}`)
      return right('answered all')
    },
  },
  {
    id: 'repeated-command',
    rule: 'W7',
    level: 'observed',
    title: 'A command that is sent again after its answer',
    right: 'nobody knows whether a real server executes it again',
    async run(world) {
      const probe = await world.loggedIn()
      await probe.ask(0, 'version')
      const again = await probe.ask(0, 'version', 1)
      return seen(again === undefined ? 'did not answer it again' : 'answered it again')
    },
  },
  {
    id: 'unknown-command',
    rule: 'W9',
    level: 'should',
    title: 'An unknown command is answered so',
    right: 'answers "Unknown command"',
    async run(world) {
      const reply = await (await world.loggedIn()).ask(0, 'berconconformance')
      if (reply === undefined) return wrong('did not answer it')
      const text = textOf(reply.bytes)
      return judge(
        /^unknown command/i.test(text),
        `answered ${JSON.stringify(text)}`,
        `answered ${JSON.stringify(text.slice(0, 60))}`,
      )
    },
  },
  answersText(
    'non-ascii-command',
    'W6',
    'should',
    'A command that is not ASCII is answered',
    encodeText('bercon-привет'),
  ),
  answersText(
    'long-command',
    'W8',
    'observed',
    `A command of ${LONGEST_COMMAND_BYTES} bytes`,
    new Uint8Array(LONGEST_COMMAND_BYTES).fill(0x78),
  ),
  answersText('nul-command', 'W16', 'observed', 'A command with a NUL byte', Uint8Array.of(0x78, 0, 0x79)),
  {
    id: 'answer-time',
    rule: 'P6',
    level: 'observed',
    title: 'The time until a command is answered',
    right: 'nobody knows how long real servers take',
    async run(world) {
      const probe = await world.loggedIn()
      const times: number[] = []
      for (let sequence = 0; sequence < 5; sequence++) {
        const since = world.clock.now()
        if ((await probe.ask(sequence, 'players')) !== undefined) times.push(world.clock.now() - since)
      }
      if (times.length === 0) return unseen('answered none')
      return seen(`took ${Math.round(Math.min(...times))} to ${Math.round(Math.max(...times))} ms`)
    },
  },
  {
    id: 'empty-reply',
    rule: 'W3',
    level: 'should',
    title: 'A spoken line is answered',
    right: 'answers "say" with an empty response',
    needs: 'change',
    async run(world) {
      const reply = await (await world.loggedIn()).ask(0, 'say -1 RCON conformance test', 1)
      if (reply === undefined) return wrong('did not answer it')
      return judge(reply.bytes.length === 0, 'answered it', `answered ${JSON.stringify(textOf(reply.bytes))}`)
    },
  },
]

function answersEach(id: string, rule: string, title: string, sequences: readonly number[]): ServerCase {
  return {
    id,
    rule,
    level: 'must',
    title,
    right: `answers the sequences ${sequences.join(', ')}, each with its own`,
    async run(world) {
      const probe = await world.loggedIn()
      for (const sequence of sequences)
        if ((await probe.ask(sequence, '')) === undefined) return wrong(`did not answer sequence ${sequence}`)
      await world.sleep(QUIET_MS)
      const foreign = probe.received.find(
        ({ packet }) => packet.type === 'response' && !sequences.includes(packet.sequence),
      )
      return judge(foreign === undefined, 'answered each', 'sent a response with a sequence that nobody used')
    },
  }
}

function answersText(
  id: string,
  rule: string,
  level: 'should' | 'observed',
  title: string,
  bytes: Uint8Array,
): ServerCase {
  return {
    id,
    rule,
    level,
    title,
    right: 'answers it, such as with "Unknown command", and keeps the login',
    async run(world) {
      const probe = await world.loggedIn()
      const reply = await probe.ask(0, bytes)
      const alive = await probe.ask(1, '')
      const did =
        reply === undefined
          ? 'did not answer it'
          : `answered ${JSON.stringify(textOf(reply.bytes).slice(0, 60))}`
      if (level === 'observed') return seen(alive === undefined ? `${did}, and lost the login` : did)
      return judge(
        reply !== undefined && alive !== undefined,
        did,
        alive === undefined ? 'lost the login' : did,
      )
    },
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
