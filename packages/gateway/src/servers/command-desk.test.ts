import { AsyncRconClient, type ConnectionEvent, type ConnectionState } from '@bercon/client'
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
  const timeouts: (number | undefined)[] = []
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
  let hear: (event: ConnectionEvent) => void = () => {}
  const connection: Connection & { state: ConnectionState } = {
    state: 'connected',
    // Busy, so that it is given 8 commands at once.
    statistics: { ...new AsyncRconClient().statistics, queued: 1 },
    closed: new Promise(() => {}),
    refusal: undefined,
    open: async () => {},
    close: () => {},
    subscribe: (listener) => {
      hear = listener
      return () => {}
    },
    exchange: ({ text }, { signal, timeoutMs } = {}) => {
      course.push(`sent ${text}`)
      timeouts.push(timeoutMs)
      signal?.addEventListener('abort', () => course.push(`given up: ${text}`))
      if (!/^#?players/.test(text)) return Promise.resolve('')
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    },
  }
  const client = new AsyncRconClient({ connection, clock })
  const gone = new Set(['gone'])
  const game = (name: string) => (name === 'everon' ? ('reforger' as const) : ('arma3' as const))
  const get = (name: string) => (gone.has(name) ? undefined : { name, game: game(name), client })
  const servers = { get }
  const desk = new CommandDesk({ servers, audit, clock, access: () => access })
  const outcomes = new Map<string, string>()
  const carryOut = (order: Order) => {
    const name = `${order.identity.name} ${order.text}`
    desk.carryOut(order, sendRaw).then(
      (carried) =>
        outcomes.set(name, carried.type === 'refused' ? `refused: ${carried.refusal.detail}` : carried.type),
      (error: Error) => outcomes.set(name, error.message),
    )
  }
  const orderOf = (name: string, text = 'players', call: Order['call'] = undefined): Order => {
    const identity = access.identityOf(name) as Identity
    return { identity, front: 'http', from: '192.0.2.1:1', server: 'altis', text, call }
  }
  const ask = (...given: Parameters<typeof orderOf>) => carryOut(orderOf(...given))
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
    connection,
    logIn: () => {
      connection.state = 'connected'
      hear({ type: 'connect', at: 0, address: '192.0.2.10', attempts: 1, elapsedMs: 1 })
    },
    clock,
    gone,
    timeouts,
    orderOf,
    carryOut,
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

it('refuses what the client keeps until it logs in, and gives up what it may have sent at a login since', async () => {
  const roles = { ...ROLES, speaker: { servers: ['*'], commands: ['say'] } }
  const { ask, change, endTurn, connection, logIn, outcomes, lines } = start({ users: USERS, roles })
  connection.state = 'reconnecting'
  ask('bob', 'players kept')
  await endTurn()
  change({ users: { ...USERS, bob: userOf('bob', 'speaker') }, roles })
  ask('ann', 'players sent')
  await endTurn()
  logIn()
  change({ users: { ann: userOf('ann', 'speaker') }, roles })
  await endTurn()
  expect(Object.fromEntries(outcomes)).toEqual({
    'bob players kept': 'refused: The role speaker does not allow players',
    'ann players sent': GIVEN_UP,
  })
  const ended = lines().filter(({ event }) => event === 'outcome')
  expect(ended.map(({ user, outcome, code }) => `${user} ${outcome} ${code}`)).toEqual([
    'bob refused command-disallowed',
    'ann unknown closed',
  ])
})

it('goes on with what is still allowed after a reload, by the rules of its game, also at a server that is no more', async () => {
  const roles = { player: { servers: ['altis', 'everon'], commands: ['players'] } }
  const users = { ann: userOf('ann', 'player') }
  const { orderOf, carryOut, change, gone, endTurn, course, outcomes } = start({ users, roles })
  carryOut(orderOf('ann', 'players 1'))
  carryOut({ ...orderOf('ann', '#players 2'), server: 'everon' })
  await endTurn()
  gone.add('altis')
  change({ users, roles })
  await settled()
  expect(course.filter((step) => step.startsWith('sent'))).toEqual(['sent players 1', 'sent #players 2'])
  expect(outcomes.size).toBe(0)
})

it('refuses what waits for its turn at a server that is gone, in the words for one that never was', async () => {
  const { ask, gone, change, endTurn, course, outcomes, lines } = start({ users: USERS, roles: ROLES })
  for (let count = 0; count < 8; count++) ask('bob')
  ask('ann', 'kick 3')
  await endTurn()
  gone.add('altis')
  change({ users: { ann: USERS.ann }, roles: ROLES })
  await endTurn()
  expect(outcomes.get('ann kick 3')).toBe('refused: There is no server "altis"')
  expect(course).not.toContain('sent kick 3')
  const ended = lines().filter(({ event, user }) => event === 'outcome' && user === 'ann')
  expect(ended.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(['refused not-found'])
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

it('refuses what nobody may do, or at a server that is not there, and writes it down', async () => {
  const { orderOf, carryOut, change, endTurn, outcomes, lines } = start({ users: USERS, roles: ROLES })
  const removed = orderOf('bob', 'say -1 b')
  change({ users: { ann: USERS.ann }, roles: ROLES })
  carryOut(removed)
  carryOut({ ...orderOf('ann', 'say -1 a'), server: 'gone' })
  carryOut(orderOf('ann', 'RConPassword hunter2'))
  await endTurn()
  expect([...outcomes.values()]).toEqual([
    `refused: ${NO_USER}`,
    'refused: There is no server "gone"',
    'refused: The role owner does not allow rconpassword',
  ])
  expect(
    lines().map(({ event, user, role, server, command, outcome, code }) => [
      event,
      `${user} ${role} ${server}`,
      command,
      `${outcome} ${code}`,
    ]),
  ).toEqual([
    ['outcome', 'bob null altis', 'say -1 b', 'refused unauthorized'],
    ['outcome', 'ann owner gone', 'say -1 a', 'refused not-found'],
    ['outcome', 'ann owner altis', 'RConPassword …', 'refused command-disallowed'],
  ])
})

it('writes the first of a user beyond their limit down in each minute, and refuses all', async () => {
  const { ask, clock, endTurn, outcomes, lines } = start({
    users: { ann: userOf('ann', 'slow') },
    roles: { slow: { servers: ['*'], commands: ['say'], perMinute: 1 } },
  })
  for (const text of ['say -1 a', 'say -1 b', 'say -1 c', 'kick 3']) ask('ann', text)
  await endTurn()
  const limited = 'refused: The role slow allows one command a minute; try again in 60 s'
  expect(Object.fromEntries(outcomes)).toEqual({
    'ann say -1 a': 'answered',
    'ann say -1 b': limited,
    'ann say -1 c': limited,
    'ann kick 3': limited,
  })
  clock.advance(60_000)
  for (const text of ['kick 4', 'kick 5', 'kick 6']) ask('ann', text)
  await endTurn()
  const refused = lines().filter(({ outcome }) => outcome === 'refused')
  expect(refused.map(({ command, code }) => `${command} ${code}`)).toEqual([
    'say -1 b rate-limited',
    'kick 4 command-disallowed',
    'kick 5 rate-limited',
  ])
})

it('refuses what a user has beyond a thousand that wait', async () => {
  const { ask, endTurn, outcomes, lines } = start({ users: USERS, roles: ROLES })
  for (let count = 0; count < 1_000; count++) ask('ann', `say -1 ${count}`)
  ask('ann', 'say -1 too many')
  ask('bob', 'say -1 b')
  await endTurn()
  expect(outcomes.get('ann say -1 too many')).toBe(
    'refused: 1000 commands of the user wait for this server already',
  )
  expect(outcomes.get('bob say -1 b')).toBe('answered')
  expect(lines().find(({ command }) => command === 'say -1 too many')).toMatchObject({ code: 'rate-limited' })
  while (outcomes.size < 1_002) await settled()
  ask('ann', 'say -1 later')
  await endTurn()
  expect(outcomes.get('ann say -1 later')).toBe('answered')
})

it('writes down of each command who, as what, from where and at which server', async () => {
  const { orderOf, carryOut, change, endTurn, lines } = start({ users: USERS, roles: ROLES })
  const order = orderOf('ann', 'say -1 a')
  const others = [{}, { from: '192.0.2.2:2' }, {}, { front: 'websocket' }, {}, { server: 'tanoa' }] as const
  for (const other of others) carryOut({ ...order, ...other })
  await endTurn()
  change({ users: { ann: userOf('ann', 'guest') }, roles: ROLES })
  carryOut({ ...order, server: 'tanoa' })
  await endTurn()
  const begun = lines().filter(({ event }) => event === 'command')
  expect(begun.map(({ role, server, from, front }) => [role, server, from, front].join(' '))).toEqual([
    'owner altis 192.0.2.1:1 http',
    'owner altis 192.0.2.2:2 http',
    'owner altis 192.0.2.1:1 http',
    'owner altis 192.0.2.1:1 websocket',
    'owner altis 192.0.2.1:1 http',
    'owner tanoa 192.0.2.1:1 http',
    'guest tanoa 192.0.2.1:1 http',
  ])
})

it('takes the wait for a turn off the time of a command, and writes down how long all of it took', async () => {
  const { ask, change, clock, endTurn, timeouts, outcomes, lines } = start({ users: USERS, roles: ROLES })
  clock.advance(10_000)
  for (let count = 0; count < 8; count++) ask('ann')
  ask('bob', 'say -1 b', { timeoutMs: 1_000 })
  ask('bob', 'say -1 late', { timeoutMs: 300 })
  await endTurn()
  clock.advance(300)
  await settled()
  expect(outcomes.get('bob say -1 late')).toBe(
    'No reply to "say -1 late" arrived within 300 ms; the command was not sent, so sending it again is safe',
  )
  clock.advance(100)
  change({ users: { bob: USERS.bob }, roles: ROLES })
  await settled()
  await endTurn()
  expect([...new Set(timeouts)]).toEqual([timeouts[0], 600])
  const ended = lines().filter(({ event, user }) => event === 'outcome' && user === 'bob')
  expect(ended.map(({ elapsedMs }) => elapsedMs)).toEqual([300, 400])
})

it.each(['a close', 'a reload'])(
  'gives up the last first at %s, so that none takes the place of another',
  async (what) => {
    const { desk, ask, change, endTurn, course, outcomes, lines } = start({ users: USERS, roles: ROLES })
    const texts = ['players 1', 'players 2', 'players 3']
    for (const text of texts) ask('ann', text)
    await endTurn()
    let isClosed = false
    const closed = async () => {
      await desk.close()
      isClosed = true
    }
    if (what === 'a reload') change({ users: {}, roles: ROLES })
    const end = closed()
    expect(isClosed).toBe(false)
    await endTurn()
    await end
    expect(course.filter((step) => step.startsWith('given up'))).toEqual([
      'given up: players 3',
      'given up: players 2',
      'given up: players 1',
    ])
    const why = what === 'a close' ? 'The gateway was closed, so the command was given up' : GIVEN_UP
    expect([...outcomes.values()]).toEqual([why, why, why])
    const ended = lines().filter(({ event }) => event === 'outcome')
    expect(ended.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(Array(3).fill('unknown closed'))
  },
)

it('is closed only when no command is under way', async () => {
  const { desk, ask, endTurn, disk, lines } = start({ users: USERS, roles: ROLES })
  ask('ann', 'players')
  await endTurn()
  ask('bob', 'say -1 b')
  const { length } = lines()
  let isClosed = false
  const closed = desk.close().then(() => {
    isClosed = true
  })
  await settled()
  // The line of bob's command is not written yet.
  expect([isClosed, lines().length]).toEqual([false, length])
  disk.isFull = true
  await endTurn()
  await closed
})
