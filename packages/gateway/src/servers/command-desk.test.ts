import { AsyncRconClient } from '@bercon/client'
import { settled, VirtualClock } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import { Audit } from '../audit/audit.js'
import { Access, type AccessOptions, type Identity } from '../users/access.js'
import { tokenHash } from '../users/token.js'
import { CommandDesk } from './command-desk.js'

const ROLES = {
  owner: { servers: ['*'], commands: ['*'] },
  guest: { servers: ['tanoa'], commands: ['*'] },
}
const userOf = (name: string, role: string) => ({ tokenSha256: tokenHash(name), role })

function start(options: AccessOptions) {
  const clock = new VirtualClock()
  const lines: string[] = []
  const audit = new Audit({ append: (line) => lines.push(...line.split('\n')), close: () => {} }, clock)
  let access = new Access(options)
  const client = new AsyncRconClient()
  const servers = { get: (name: string) => ({ name, game: 'arma3' as const, client }) }
  const desk = new CommandDesk({ servers, audit, clock, access: () => access })
  const outcomes = new Map<string, string>()
  const ask = (name: string) => {
    const identity = access.identityOf(name) as Identity
    const order = { identity, front: 'http', from: '192.0.2.1:1', server: 'altis', text: 'players' } as const
    const waiting = desk.carryOut(
      order,
      (_client, _text, { signal }) =>
        new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    )
    waiting.catch((error: Error) => outcomes.set(name, error.message))
  }
  const change = (next: AccessOptions) => {
    access = new Access(next, access)
    desk.sweep()
  }
  return { ask, change, clock, outcomes, lines: () => lines.map((line) => JSON.parse(line)) }
}

it('gives up the commands under way of users who may not be there any more, and of nobody else', async () => {
  const users = { ann: userOf('ann', 'owner'), bob: userOf('bob', 'owner'), cid: userOf('cid', 'owner') }
  const { ask, change, clock, outcomes, lines } = start({ users, roles: ROLES })
  for (const name of Object.keys(users)) ask(name)
  change({ users: { ann: users.ann, cid: userOf('cid', 'guest') }, roles: ROLES })
  await settled()
  clock.advance(0)
  expect([...outcomes.keys()].sort()).toEqual(['bob', 'cid'])
  expect(outcomes.get('bob')).toBe('The user may not use the server any more, so the command was given up')
  const ended = lines().filter(({ event }) => event === 'outcome')
  expect(ended.map(({ user, outcome, code }) => [user, outcome, code]).sort()).toEqual([
    ['bob', 'unknown', 'closed'],
    ['cid', 'unknown', 'closed'],
  ])
})
