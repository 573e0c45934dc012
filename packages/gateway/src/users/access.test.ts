import { describe, expect, it } from 'vitest'
import { Access, type AccessOptions } from './access.js'
import { createToken, tokenHash } from './token.js'

const ROLES = { owner: { servers: ['*'], commands: ['*'] } }
const user = (token: string, role = 'owner') => ({ tokenSha256: tokenHash(token), role })
const access = (users: AccessOptions['users'], earlier?: Access) =>
  new Access({ users, roles: ROLES }, earlier)

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
    expect(ann && access({ ann: user('a') }, before).subject(ann)?.rate).toBe(rate)
  })

  it.each([
    ['users', { 'a b': user('a') }],
    ['users.ann.tokenSha256', { ann: { tokenSha256: 'hunter2', role: 'owner' } }],
    ['users.ann.tokenSha256', { ann: { tokenSha256: tokenHash('a').toUpperCase(), role: 'owner' } }],
    ['users.ann.role', { ann: user('a', 'admin') }],
    ['users.bob.tokenSha256', { ann: user('a'), bob: user('a') }],
    ['users.ann', { ann: null as never }],
    ['token', { ann: { ...user('a'), token: 'a' } as never }],
  ])('are refused by name: %s', (argument, users) => {
    expect(() => access(users)).toThrow(expect.objectContaining({ code: 'invalid-argument', argument }))
  })

  it('are refused without their token in the error', () => {
    expect(() => access({ ann: { tokenSha256: 'hunter2', role: 'owner' } })).not.toThrow(/hunter2/)
  })
})

it('a token fits an RCON password, and no two are the same', () => {
  const tokens = Array.from({ length: 1_000 }, createToken)
  expect(new Set(tokens).size).toBe(1_000)
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{32}$/)
})
