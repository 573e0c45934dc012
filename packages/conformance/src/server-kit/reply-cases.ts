import { right, seen, unseen, wrong } from '../case.js'
import type { WholeResponse } from './server-probe.js'
import type { ServerCase, ServerWorld } from './server-world.js'

/** Commands that only read, whose replies can be long. */
const READING = ['bans', 'players', 'admins', 'missions']

/** P6, W4 to W6, W14: long replies. */
export const REPLY_CASES: readonly ServerCase[] = [
  {
    id: 'parts',
    rule: 'P6',
    level: 'must',
    title: 'A long reply comes in numbered parts',
    right: 'numbers the parts from 0, each with the same total, and sends every one of them',
    async run(world) {
      const probe = await world.loggedIn()
      let inParts = 0
      for (const [sequence, text] of READING.entries()) {
        const from = probe.received.length
        const whole = await probe.ask(sequence, text, 1)
        const parts = probe.received
          .slice(from)
          .flatMap(({ packet }) => (packet.type === 'response-part' ? [packet] : []))
        if (parts.length === 0) continue
        inParts++
        if (new Set(parts.map(({ total }) => total)).size > 1)
          return wrong(`changed the total within "${text}"`)
        if (whole === undefined) return wrong(`sent ${parts.length} of ${parts[0]?.total} parts of "${text}"`)
      }
      if (inParts === 0) return unseen('sent no reply in parts: its lists are too short')
      return right(`sent ${inParts === 1 ? 'one reply' : `${inParts} replies`} in whole sets of parts`)
    },
  },
  {
    id: 'part-bytes',
    rule: 'W4',
    level: 'observed',
    title: 'The size of parts',
    right: 'parts of about 1 KB were seen',
    async run(world) {
      const sizes = (await replies(world)).flatMap(({ parts }) => parts.map(({ bytes }) => bytes.length))
      if (sizes.length === 0) return unseen('sent no reply in parts: its lists are too short')
      return seen(`sent parts of up to ${Math.max(...sizes)} bytes`)
    },
  },
  {
    id: 'reply-bytes',
    rule: 'W14',
    level: 'observed',
    title: 'The size of replies',
    right: 'a reply has at most 255 parts',
    async run(world) {
      const all = await replies(world)
      if (all.length === 0) return unseen('answered no command that reads')
      return seen(`sent replies of up to ${Math.max(...all.map(({ bytes }) => bytes.length))} bytes`)
    },
  },
  {
    id: 'reply-encoding',
    rule: 'W6',
    level: 'observed',
    title: 'The encoding of replies',
    right: 'text is UTF-8 in practice; names can contain other bytes',
    async run(world) {
      const all = await replies(world)
      if (all.length === 0) return unseen('answered no command that reads')
      const other = all.filter(({ bytes }) => !isUtf8(bytes)).length
      return seen(other === 0 ? 'sent UTF-8 only' : `sent ${other} replies that are not UTF-8`)
    },
  },
]

async function replies(world: ServerWorld): Promise<readonly WholeResponse[]> {
  const probe = await world.loggedIn()
  const all: WholeResponse[] = []
  for (const [sequence, text] of READING.entries()) {
    const reply = await probe.ask(sequence, text)
    if (reply !== undefined) all.push(reply)
  }
  return all
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
