// @ts-nocheck
import { decodeText } from '@bercon/protocol'
import { judge, right, seen, unseen, wrong } from '../case.js'
import type { Message, ServerProbe } from './server-probe.js'
import type { ServerCase, ServerWorld } from './server-world.js'

const MESSAGE_MS = 3_000
const REPEAT_MS = 6_000
const ALL_REPEATS_MS = 16_000
const NO_MESSAGE = unseen('sent no message after a login')

/** P8, P9, W2, W15: messages and their repeats. */
export const MESSAGE_CASES: readonly ServerCase[] = [
  {
    id: 'own-login-message',
    rule: 'W2',
    level: 'should',
    title: 'A login is announced to the client itself',
    right: 'sends "RCon admin #N (IP:PORT) logged in"',
    async run(world) {
      const message = await firstMessage(await world.loggedIn())
      if (message === undefined) return NO_MESSAGE
      const text = decodeText(message.bytes)
      const shown = JSON.stringify(text)
      return judge(/^RCon admin #\d+ \(.+:\d+\) logged in$/.test(text), `sent ${shown}`, `sent ${shown}`)
    },
  },
  {
    id: 'first-message-sequence',
    rule: 'P8',
    level: 'should',
    title: 'Messages start at sequence 0',
    right: 'gives the first message after a login the sequence 0',
    async run(world) {
      const message = await firstMessage(await world.loggedIn())
      if (message === undefined) return NO_MESSAGE
      return judge(message.sequence === 0, 'began with 0', `began with ${message.sequence}`)
    },
  },
  {
    id: 'next-message-sequence',
    rule: 'P8',
    level: 'must',
    title: 'Message sequences go up by one',
    right: 'gives the next message the next sequence',
    async run(world) {
      const probe = await world.loggedIn()
      const first = await firstMessage(probe)
      if (first === undefined) return NO_MESSAGE
      await world.loggedIn()
      await world.sleep(MESSAGE_MS)
      const later = probe.messages
        .map(({ packet }) => packet.sequence)
        .filter((each) => each !== first.sequence)
      if (later.length === 0) return unseen('sent no message about another login')
      const expected = (first.sequence + 1) & 0xff
      return judge(
        later[0] === expected,
        `sent ${expected} after ${first.sequence}`,
        `sent ${later[0]} after ${first.sequence}`,
      )
    },
  },
  {
    id: 'acknowledged',
    rule: 'P8',
    level: 'must',
    title: 'An acknowledged message is not repeated',
    right: 'sends it once',
    async run(world) {
      const probe = await world.loggedIn()
      const message = await firstMessage(probe)
      if (message === undefined) return NO_MESSAGE
      await world.sleep(REPEAT_MS)
      const count = sendings(probe, message)
      return judge(count === 1, 'sent it once', `sent it ${count} times`)
    },
  },
  {
    id: 'repeated',
    rule: 'P9',
    level: 'must',
    title: 'An unacknowledged message is repeated',
    right: 'sends it again with the same sequence and text',
    async run(world) {
      const probe = await deaf(world)
      const message = await firstMessage(probe)
      if (message === undefined) return NO_MESSAGE
      await world.sleep(REPEAT_MS)
      if (sendings(probe, message) > 1) return right(`sent it ${sendings(probe, message)} times within 6 s`)
      const changed = probe.messages.some(
        ({ packet }) => textOf(packet) === textOf(message) && packet !== message,
      )
      return wrong(changed ? 'sent it again with another sequence' : 'sent it once')
    },
  },
  {
    id: 'late-acknowledgment',
    rule: 'P9',
    level: 'should',
    title: 'A late acknowledgment ends the repeats',
    right: 'sends the message no more once its second sending is acknowledged',
    async run(world) {
      const probe = await deaf(world)
      const message = await firstMessage(probe)
      if (message === undefined) return NO_MESSAGE
      const again = await probe.next((packet) => packet.type === 'message', REPEAT_MS)
      if (again === undefined) return unseen('sent it once')
      probe.acknowledge(message.sequence)
      // One more can be on its way.
      await world.sleep(500)
      const before = sendings(probe, message)
      await world.sleep(REPEAT_MS)
      const more = sendings(probe, message) - before
      return judge(more === 0, 'stopped', `sent it ${more} more times`)
    },
  },
  {
    id: 'sendings',
    rule: 'P9',
    level: 'observed',
    title: 'How often an unacknowledged message is sent',
    right: 'five times within 10 s, says the description; nobody knows whether that counts the first',
    async run(world) {
      const probe = await deaf(world)
      const message = await firstMessage(probe)
      if (message === undefined) return NO_MESSAGE
      await world.sleep(ALL_REPEATS_MS)
      const times = probe.messages.filter(({ packet }) => isSame(packet, message)).map(({ atMs }) => atMs)
      const since = times[0] ?? 0
      return seen(
        `sent it ${times.length} times, at ${times.map((at) => ((at - since) / 1_000).toFixed(1)).join(', ')} s`,
      )
    },
  },
  {
    id: 'unacknowledged-client',
    rule: 'P9',
    level: 'observed',
    title: 'A client that acknowledges nothing',
    right: 'the description says that the server drops it after 10 s',
    async run(world) {
      const probe = await deaf(world)
      if ((await firstMessage(probe)) === undefined) return NO_MESSAGE
      await world.sleep(ALL_REPEATS_MS)
      const alive = await probe.ask(0, '')
      return seen(alive === undefined ? 'dropped it within 16 s' : 'still answered it after 16 s')
    },
  },
  stillRepeated(
    'foreign-acknowledgment',
    'An acknowledgment of another sequence changes nothing',
    (probe, message) => probe.acknowledge((message.sequence + 100) & 0xff),
  ),
  stillRepeated(
    'command-acknowledges-nothing',
    'A command with the sequence of a message does not acknowledge it',
    (probe, message) => probe.sendCommand(message.sequence, ''),
  ),
  {
    id: 'login-or-message-first',
    rule: 'W15',
    level: 'observed',
    title: 'Which comes first, the answer to the login or the first message',
    right: 'either, because datagrams overtake each other',
    async run(world) {
      const probe = await world.loggedIn()
      if ((await firstMessage(probe)) === undefined) return NO_MESSAGE
      return seen(`sent the ${probe.received[0]?.packet.type === 'login' ? 'answer' : 'message'} first`)
    },
  },
]

/** A client that is logged in and acknowledges nothing. */
function deaf(world: ServerWorld): Promise<ServerProbe> {
  return world.loggedIn((probe) => {
    probe.acknowledges = false
  })
}

async function firstMessage(probe: ServerProbe): Promise<Message | undefined> {
  const packet = await probe.next((each) => each.type === 'message', MESSAGE_MS)
  return packet?.type === 'message' ? packet : undefined
}

function stillRepeated(
  id: string,
  title: string,
  act: (probe: ServerProbe, message: Message) => void,
): ServerCase {
  return {
    id,
    rule: 'P8',
    level: 'must',
    title,
    right: 'goes on repeating the message, and keeps the login',
    async run(world) {
      const probe = await deaf(world)
      const message = await firstMessage(probe)
      if (message === undefined) return NO_MESSAGE
      const before = sendings(probe, message)
      act(probe, message)
      await world.sleep(REPEAT_MS)
      const again = sendings(probe, message) > before
      probe.acknowledge(message.sequence)
      const alive = await probe.ask(1, '')
      if (alive === undefined) return wrong('lost the login')
      return judge(again, 'went on', 'took it as the acknowledgment')
    },
  }
}

function sendings(probe: ServerProbe, message: Message): number {
  return probe.messages.filter(({ packet }) => isSame(packet, message)).length
}

function isSame(packet: Message, message: Message): boolean {
  return packet.sequence === message.sequence && textOf(packet) === textOf(message)
}

function textOf({ bytes }: Message): string {
  return decodeText(bytes)
}
