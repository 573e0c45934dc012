import { expect, test } from 'vitest'
import type { BanRow } from '../parsers/bans-reply.js'
import { unbanRow } from './unban.js'

const GUID = '0123456789abcdef0123456789abcdef'

test('a ban is found by what the server keeps of its reason', () => {
  const reason = `${'r'.repeat(63)}яяя`
  const row: BanRow = { id: 4, kind: 'guid', target: GUID, expires: 'never', minutesLeft: undefined, reason }
  const steps = unbanRow(row)
  expect(steps.next().value).toMatchObject({ text: 'bans' })
  const listed = `GUID Bans:\n0  ${GUID} perm ${'r'.repeat(63)}\n1  ${GUID} perm ${'r'.repeat(62)}\n`
  expect(steps.next(listed).value).toMatchObject({ text: 'removeBan 0' })
  expect(steps.next('')).toEqual({ done: true, value: true })
})
