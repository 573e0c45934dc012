import { describe, expect, it } from 'vitest'
import { Access, type AccessOptions } from './access.js'
import { createToken, tokenHash } from './token.js'

const ROLES = { owner: { servers: ['*'], commands: ['*'] }, guest: { servers: ['*'], commands: [] } }
const user = (token: string, role = 'owner') => ({ tokenSha256: tokenHash(token), role })
const access = (users: AccessOptions['users'], earlier?: Access) =>
  new Access({ users, roles: ROLES }, earlier)

function refusal(create: () => unknown): Error {
  try {
    create()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('it was not refused')
}

describe('users', () => {
  it('are known by their tokens alone', () => {
    const known = access({ ann: user('a'), bob: user('b') })
    expect(known.identify('b')?.name).toBe('bob')
    expect(known.identify('c')).toBeUndefined()
    expect(known.identify('')).toBeUndefined()
    expect(known.identify(tokenHash('a'))).toBeUndefined()
    expect(access({}).identify('a')).toBeUndefined()
  })

  it('are users no longer than they are in the file, with the token that they have shown', () => {
    const before = access({ ann: user('a'), bob: user('b') })
    const [ann, bob] = [before.identify('a'), before.identify('b')]
    const after = access({ ann: user('another') }, before)
    expect(ann && before.subject(ann)?.role.name).toBe('owner')
    expect(ann && after.subject(ann)).toBeUndefined()
    expect(bob && after.subject(bob)).toBeUndefined()
  })

  it('do not get a new minute by a reload', () => {
    const before = access({ ann: user('a') })
    const ann = before.identify('a')
    const rate = ann && before.subject(ann)?.rate
    const after = access({ ann: user('a'), bob: user('b') }, before)
    expect(ann && after.subject(ann)?.rate).toBe(rate)
    const bob = after.identify('b')
    expect(bob && after.subject(bob)?.rate).toBeDefined()
  })

  it('are found by their names, where they have shown their tokens before', () => {
    const known = access({ ann: user('a') })
    expect(known.identityOf('ann')).toEqual(known.identify('a'))
    expect(known.identityOf('bob')).toBeUndefined()
  })

  const hash = 'must be a SHA-256 of 64 hexadecimal digits in lower case'
  const names = 'must be named with 1 to 32 letters, digits, dots, dashes and underscores'

  it.each([
    ['users', names, { 'a b': user('a') }],
    ['users', 'must be', 5 as never],
    ['users.ann.tokenSha256', hash, { ann: { tokenSha256: 'hunter2', role: 'owner' } }],
    ['users.ann.tokenSha256', hash, { ann: { tokenSha256: tokenHash('a').toUpperCase(), role: 'owner' } }],
    ['users.ann.tokenSha256', hash, { ann: { tokenSha256: [tokenHash('a')] as never, role: 'owner' } }],
    ['users.ann.role', 'must be one of the roles: owner, guest', { ann: user('a', 'admin') }],
    [
      'users.bob.tokenSha256',
      'users.bob has the same token as users.ann, so that nobody could tell them apart',
      { ann: user('a'), bob: user('a') },
    ],
    ['users.ann', 'must be', { ann: null as never }],
    ['token', 'There is no option "token"', { ann: { ...user('a'), token: 'a' } as never }],
  ])('are refused by name: %s %s', (argument, message, users) => {
    const refused = refusal(() => access(users))
    expect(refused).toMatchObject({ code: 'invalid-argument', argument })
    expect(refused.message).toContain(message)
    expect(`${refused.message} ${JSON.stringify(refused)}`).not.toMatch(/hunter2|[0-9a-f]{64}/i)
  })

  it('need another token than everybody else, and a role of a gateway that has some', () => {
    expect(refusal(() => access({ ann: user('a'), bob: user('a') }))).toMatchObject({
      expected: "another than anybody else's",
    })
    expect(refusal(() => new Access({ users: { ann: user('a') }, roles: {} })).message).toMatch(
      /must be one of the roles: there are none/,
    )
    expect(refusal(() => new Access({ users: {}, roles: 'owner' as never }))).toMatchObject({
      argument: 'roles',
    })
  })
})

it('a token fits an RCON password, and no two are the same', () => {
  const tokens = Array.from({ length: 1_000 }, createToken)
  expect(new Set(tokens).size).toBe(1_000)
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{32}$/)
})
