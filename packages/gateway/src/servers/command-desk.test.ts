import { AsyncRconClient } from '@bercon/client'
import { Cancellation, type Connection } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import { Audit } from '../audit/audit.js'
import { Access, type AccessOptions, type Identity } from '../users/access.js'
import { tokenHash } from '../users/token.js'
import { CommandDesk, type Order } from './command-desk.js'
import { sendRaw } from './raw-command.js'

const ROLES = {
  owner: { servers: ['*'], commands: ['*'] },
  guest: { servers: ['tanoa'], commands: ['*'] },
}
const userOf = (name: string, role: string) => ({ tokenSha256: tokenHash(name), role })

/** A desk whose file and whose connection write down, in one list, what comes when. */
function start(options: AccessOptions) {
  const clock = new VirtualClock()
  const lines: string[] = []
  const course: string[] = []
  const disk = { isFull: false }
  const ends: (() => void)[] = []
  const append = (text: string) => {
    if (disk.isFull) throw new Error('no space left')
    for (const line of text.split('\n')) {
      lines.push(line)
      const { event, command, outcome } = JSON.parse(line)
      course.push(`${event} ${command ?? outcome}`)
    }
  }
  const audit = new Audit({ append, close: () => {} }, clock, (end) => ends.push(end))
  let access = new Access(options)
  const connection: Connection = {
    state: 'connected',
    // Busy, so that it is given 8 commands at once.
    statistics: { ...new AsyncRconClient().statistics, queued: 1 },
    closed: new Promise(() => {}),
    refusal: undefined,
    open: async () => {},
    close: () => {},
    subscribe: () => () => {},
    exchange: ({ text }, { signal } = {}) => {
      course.push(`sent ${text}`)
      if (text !== 'players') return Promise.resolve('')
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    },
  }
  const client = new AsyncRconClient({ connection, clock })
  const servers = { get: (name: string) => ({ name, game: 'arma3' as const, client }) }
  const desk = new CommandDesk({ servers, audit, clock, access: () => access })
  const outcomes = new Map<string, string>()
  const ask = (name: string, text = 'players', call: Order['call'] = undefined) => {
    const identity = access.identityOf(name) as Identity
    const order = { identity, front: 'http', from: '192.0.2.1:1', server: 'altis', text, call } as const
    desk.carryOut(order, sendRaw).then(
      (carried) =>
        outcomes.set(
          `${name} ${text}`,
          carried.type === 'refused' ? `refused: ${carried.refusal.detail}` : carried.type,
        ),
      (error: Error) => outcomes.set(`${name} ${text}`, error.message),
    )
  }
  const change = (next: AccessOptions) => {
    access = new Access(next, access)
    desk.sweep()
  }
  const endTurn = async () => {
    for (const end of ends.splice(0)) end()
    await settled()
    clock.advance(0)
  }
  return {
    desk,
    ask,
    change,
    endTurn,
    disk,
    course,
    outcomes,
    lines: () => lines.map((line) => JSON.parse(line)),
  }
}

const USERS = { ann: userOf('ann', 'owner'), bob: userOf('bob', 'owner'), cid: userOf('cid', 'owner') }
const NO_USER = 'The token is not valid any more; ask who runs the gateway for another'
const GIVEN_UP = 'The user may not do this any more, so the command was given up'

it('sends no command before its line is written, and the lines of one turn are written together', async () => {
  const { ask, endTurn, course, outcomes } = start({ users: USERS, roles: ROLES })
  for (const name of ['ann', 'bob']) for (const text of ['say -1 a', 'say -1 b']) ask(name, text)
  await settled()
  expect(course).toEqual([])
  await endTurn()
  expect(course).toEqual([
    'command say -1 a',
    'command say -1 b',
    'command say -1 a',
    'command say -1 b',
    'sent say -1 a',
    'sent say -1 b',
    'sent say -1 a',
    'sent say -1 b',
    'outcome answered',
    'outcome answered',
    'outcome answered',
    'outcome answered',
  ])
  expect([...outcomes.values()]).toEqual(['answered', 'answered', 'answered', 'answered'])
})

it('refuses every command of a turn whose lines cannot be written, and sends none of them', async () => {
  const { ask, endTurn, disk, course, outcomes } = start({ users: USERS, roles: ROLES })
  disk.isFull = true
  for (const name of Object.keys(USERS)) ask(name, 'say -1 lost')
  await endTurn()
  disk.isFull = false
  expect([...outcomes.keys()]).toEqual(['ann say -1 lost', 'bob say -1 lost', 'cid say -1 lost'])
  for (const outcome of outcomes.values()) expect(outcome).toMatch(/^The audit cannot be written/)
  ask('ann', 'say -1 kept')
  await endTurn()
  expect(course).toEqual(['command say -1 kept', 'sent say -1 kept', 'outcome answered'])
})

it('gives up the commands under way of users who may not be there any more, and of nobody else', async () => {
  const { ask, change, endTurn, outcomes, lines } = start({ users: USERS, roles: ROLES })
  for (const name of Object.keys(USERS)) ask(name)
  await endTurn()
  change({ users: { ann: USERS.ann, cid: userOf('cid', 'guest') }, roles: ROLES })
  await endTurn()
  expect([...outcomes.keys()].sort()).toEqual(['bob players', 'cid players'])
  expect(outcomes.get('bob players')).toBe(GIVEN_UP)
  const ended = lines().filter(({ event }) => event === 'outcome')
  expect(ended.map(({ user, outcome, code }) => [user, outcome, code]).sort()).toEqual([
    ['bob', 'unknown', 'closed'],
    ['cid', 'unknown', 'closed'],
  ])
})

it('does not send what was given up while its line was written', async () => {
  const { ask, change, endTurn, course, outcomes, lines } = start({ users: USERS, roles: ROLES })
  const canceled = new Cancellation()
  ask('ann', 'say -1 a', { signal: canceled })
  ask('bob', 'say -1 b')
  canceled.abort(new Error('changed their mind'))
  change({ users: { ann: USERS.ann }, roles: ROLES })
  await endTurn()
  expect(course.filter((step) => step.startsWith('sent'))).toEqual([])
  expect(Object.fromEntries(outcomes)).toEqual({
    'ann say -1 a': 'changed their mind',
    'bob say -1 b': `refused: ${NO_USER}`,
  })
  expect(lines().map(({ user, event, outcome = '' }) => `${user} ${event} ${outcome}`)).toEqual([
    'ann command ',
    'bob command ',
    'ann outcome not-sent',
    'bob outcome refused',
  ])
})

it('refuses what waits for its turn when the role no longer allows it, in the words of the judge, and nothing else', async () => {
  const { ask, change, endTurn, course, outcomes, lines } = start({ users: USERS, roles: ROLES })
  for (let count = 0; count < 8; count++) ask('ann', 'players', { timeoutMs: 1_000 })
  for (const text of ['kick 3', '  KICK   4 ', 'say -1 hello']) ask('bob', text)
  ask('ann', 'kick 5')
  await endTurn()
  change({
    users: { ...USERS, bob: userOf('bob', 'speaker') },
    roles: { ...ROLES, speaker: { servers: ['*'], commands: ['say', 'players'] } },
  })
  await settled()
  const refused = 'refused: The role speaker does not allow kick'
  expect(Object.fromEntries(outcomes)).toEqual({ 'bob kick 3': refused, 'bob   KICK   4 ': refused })
  await endTurn()
  const ended = lines().filter(({ event, user }) => event === 'outcome' && user === 'bob')
  expect(ended.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
    'refused command-disallowed',
    'refused command-disallowed',
  ])
  for (const { id } of ended) expect(lines().filter((line) => line.id === id)).toHaveLength(2)
  change({ users: { bob: userOf('bob', 'owner') }, roles: ROLES })
  await settled()
  await endTurn()
  expect(course.filter((step) => /^sent (kick|say)/i.test(step))).toEqual(['sent say -1 hello'])
})

it('gives everything up when it is closed, with the outcomes noted', async () => {
  const { desk, ask, endTurn, lines } = start({ users: USERS, roles: ROLES })
  await desk.close()
  ask('ann')
  await endTurn()
  ask('bob')
  const closed = desk.close()
  await endTurn()
  await closed
  const ended = lines().filter(({ event }) => event === 'outcome')
  expect(ended.map(({ user, outcome }) => `${user} ${outcome}`).sort()).toEqual([
    'ann unknown',
    'bob not-sent',
  ])
})
