import { expect, it } from 'vitest'
import { type AuditEntry, joinedEntries } from './audit.js'

const line = (id: string, fields: Partial<AuditEntry>): AuditEntry => ({
  at: '2026-11-29T12:00:00.000Z',
  id,
  event: 'command',
  user: 'ann',
  server: 'altis',
  front: 'http',
  from: null,
  ...fields,
})

it('shows a command once, with its text and what became of it, and others as they are', () => {
  const entries = [
    line('2', { event: 'outcome', at: '2026-11-29T12:00:05.000Z', outcome: 'answered', elapsedMs: 5_000 }),
    line('3', { event: 'login', outcome: 'accepted' }),
    line('2', { command: 'kick 3' }),
    line('1', { event: 'outcome', command: 'ban 3', outcome: 'refused', code: 'command-disallowed' }),
    line('0', { command: 'say -1 still under way' }),
  ]
  expect(joinedEntries(entries)).toEqual([
    line('2', { event: 'outcome', command: 'kick 3', outcome: 'answered', elapsedMs: 5_000 }),
    entries[1],
    entries[3],
    entries[4],
  ])
})
