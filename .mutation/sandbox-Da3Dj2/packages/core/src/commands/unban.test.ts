// @ts-nocheck
import { expect, test } from 'vitest'
import { unbanListed, unbanTarget } from './unban.js'

const GUID = '0123456789abcdef0123456789abcdef'

test('a ban is found by the part of its reason that the server keeps', () => {
  const steps = unbanListed({ id: GUID, reason: `${'r'.repeat(63)}яяя` })
  expect(steps.next().value).toMatchObject({ text: 'bans' })
  const listed = `GUID Bans:\n0  ${GUID} perm ${'r'.repeat(63)}\n1  ${GUID} perm ${'r'.repeat(62)}\n`
  expect(steps.next(listed).value).toMatchObject({ text: 'removeBan 0' })
  expect(steps.next('')).toEqual({ done: true, value: true })
})

test('the replies to several removals are kept, and an empty one adds nothing', () => {
  const steps = unbanTarget(GUID)
  steps.next()
  steps.next(`GUID Bans:\n${[0, 1, 2].map((id) => `${id}  ${GUID} perm x\n`).join('')}`)
  expect(steps.next('Ban 2 is locked').value).toMatchObject({ text: 'removeBan 1' })
  steps.next('')
  expect(steps.next('Ban 0 is locked')).toEqual({ done: true, value: 'Ban 2 is locked\nBan 0 is locked' })
})

test.each([
  [{ id: 'nobody', reason: '' }, 'target'],
  [{ id: GUID, reason: undefined }, 'reason'],
])('%j is not a listed ban', (ban, argument) => {
  const steps = unbanListed(ban as { id: string; reason: string })
  expect(() => steps.next()).toThrow(expect.objectContaining({ code: 'invalid-argument', argument }))
})
