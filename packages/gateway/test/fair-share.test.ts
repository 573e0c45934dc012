import type { VirtualClock } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import { Audit } from '../src/audit/audit.js'
import { CommandDesk } from '../src/servers/command-desk.js'
import { sendRaw } from '../src/servers/raw-command.js'
import { Access, type Identity } from '../src/users/access.js'
import { tokenHash } from '../src/users/token.js'
import { startVirtualServer } from './virtual-server.js'

const ROLES = { owner: { servers: ['*'], commands: ['*'] } }
const ANSWER_MS = 50

/** A server that is slow, one login to it, and a desk that serves users. */
async function scene() {
  const executed: string[] = []
  const slowly = (text: string, clock: VirtualClock) => {
    executed.push(text)
    return new Promise<string>((resolve) => clock.setTimer(() => resolve(''), ANSWER_MS))
  }
  const { clock, client } = await startVirtualServer(slowly)
  const entries: { event: string; user: string; outcome?: string; code?: string }[] = []
  const append = (lines: string) => entries.push(...lines.split('\n').map((line) => JSON.parse(line)))
  const userOf = (name: string) => [name, { tokenSha256: tokenHash(name), role: 'owner' }] as const
  const users = Object.fromEntries(['ann', 'bob', 'cid'].map(userOf))
  let access = new Access({ users, roles: ROLES })
  const desk = new CommandDesk({
    servers: { get: (name) => ({ name, game: 'arma3', client }) },
    audit: new Audit({ append, close: () => {} }, clock),
    clock,
    access: () => access,
  })
  const outcomes = new Map<string, string>()
  const ask = (name: string, text: string, timeoutMs?: number) => {
    const identity = access.identityOf(name) as Identity
    const order = { identity, front: 'http', from: '192.0.2.1:1', server: 'altis', text } as const
    desk
      .carryOut({ ...order, call: { timeoutMs } }, (given, allowed, call) => sendRaw(given, allowed, call))
      .then(
        (carried) => outcomes.set(text, carried.type === 'answered' ? 'answered' : carried.refusal.code),
        (error: { code: string; outcome: string }) => outcomes.set(text, `${error.code} ${error.outcome}`),
      )
  }
  const remove = (name: string) => {
    const { [name]: _, ...others } = users
    access = new Access({ users: others, roles: ROLES }, access)
    desk.sweep()
  }
  return { clock, executed, entries, outcomes, ask, remove }
}

it('executes the one command of a user within two round trips while another user has a thousand', async () => {
  const { clock, executed, outcomes, ask } = await scene()
  for (let number = 0; number < 1_000; number++) ask('ann', `say -1 ann ${number}`)
  await clock.run(10)
  ask('bob', 'say -1 bob')
  const before = executed.length
  await clock.run(3 * ANSWER_MS)
  expect(outcomes.get('say -1 bob')).toBe('answered')
  // A window of ann's that was under way, the one that waited in the client, and those that go along.
  expect(executed.indexOf('say -1 bob')).toBeLessThan(before + 8)
  await clock.run(60_000)
  expect(executed).toHaveLength(1_001)
  expect(new Set(outcomes.values())).toEqual(new Set(['answered']))
})

it('counts the wait for the turn as time of the command, and writes down that it was not sent', async () => {
  const { clock, executed, entries, outcomes, ask } = await scene()
  for (let number = 0; number < 500; number++) ask('ann', `say -1 ann ${number}`, ANSWER_MS * 3.5)
  await clock.run(60_000)
  const failed = [...outcomes].filter(([, outcome]) => outcome === 'command-timeout not-sent')
  expect(failed.length).toBeGreaterThan(200)
  expect(failed.filter(([text]) => executed.includes(text))).toEqual([])
  const written = entries.filter(({ outcome, code }) => outcome === 'not-sent' && code === 'command-timeout')
  expect(written).toHaveLength(failed.length)
})

it('sends none of what a removed user has waiting, and writes down which', async () => {
  const { clock, executed, entries, outcomes, ask, remove } = await scene()
  for (let number = 0; number < 300; number++) ask('ann', `say -1 ann ${number}`)
  for (let number = 0; number < 300; number++) ask('bob', `say -1 bob ${number}`)
  await clock.run(10)
  const before = executed.length
  remove('ann')
  await clock.run(60_000)
  expect(executed.slice(before).filter((text) => text.includes('ann'))).toEqual([])
  expect(executed.filter((text) => text.includes('bob'))).toHaveLength(300)
  const refused = entries.filter(({ user, outcome }) => user === 'ann' && outcome === 'refused')
  expect(refused.length).toBeGreaterThan(200)
  expect([...outcomes.values()].filter((outcome) => outcome === 'unauthorized')).toHaveLength(refused.length)
})

it('refuses what a user has beyond a thousand that wait, and nothing of others', async () => {
  const { clock, entries, outcomes, ask } = await scene()
  for (let number = 0; number < 1_500; number++) ask('ann', `say -1 ann ${number}`)
  await clock.run(1)
  ask('cid', 'say -1 cid')
  await clock.run(60_000)
  const counts = (code: string) => [...outcomes.values()].filter((outcome) => outcome === code).length
  expect(counts('answered') + counts('rate-limited')).toBe(1_501)
  expect(counts('rate-limited')).toBeGreaterThan(400)
  expect(outcomes.get('say -1 cid')).toBe('answered')
  // One of them says it for all of this minute.
  expect(entries.filter(({ code }) => code === 'rate-limited')).toHaveLength(1)
})
