import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { Audit, type AuditFacts } from './audit.js'
import { auditedText } from './audit-entry.js'

const FACTS = { user: 'ann', role: 'owner', front: 'http', from: '192.0.2.1:1', server: 'altis' } as const
const BEGUN: AuditFacts = { ...FACTS, event: 'command', command: 'players' }
const DONE: AuditFacts = { ...FACTS, event: 'outcome', outcome: 'answered', elapsedMs: 12 }

/** An audit whose disk can be full. */
function start() {
  const written: string[] = []
  const clock = new VirtualClock()
  const disk = { isFull: false }
  const audit = new Audit(
    {
      append: (lines) => {
        if (disk.isFull) throw new Error('no space left')
        written.push(...lines.split('\n'))
      },
      close: () => {},
    },
    clock,
  )
  return { audit, disk, clock, written: () => written.map((line) => JSON.parse(line)) }
}

describe('the audit', () => {
  it('has two lines of a command with the same id', () => {
    const { audit, clock, written } = start()
    const id = audit.begin(BEGUN)
    expect(written()).toEqual([{ at: '2026-01-01T00:00:00.000Z', id, ...BEGUN }])
    audit.record(DONE, id)
    clock.advance(0)
    expect(written().at(-1)).toEqual({ at: '2026-01-01T00:00:00.000Z', id, ...DONE })
    expect(audit.begin(BEGUN)).not.toBe(id)
  })

  it('begins nothing that it cannot write, and loses no outcome of what has begun', () => {
    const { audit, disk, clock, written } = start()
    const ids = [audit.begin(BEGUN), audit.begin(BEGUN)]
    disk.isFull = true
    for (const id of ids) audit.record(DONE, id)
    clock.advance(0)
    expect(written()).toHaveLength(2)
    expect(() => audit.begin(BEGUN)).toThrow(expect.objectContaining({ code: 'audit-failure' }))
    expect(audit.waiting).toBe(2)
    disk.isFull = false
    const third = audit.begin(BEGUN)
    expect(written().map(({ id, event }) => [id, event])).toEqual([
      [ids[0], 'command'],
      [ids[1], 'command'],
      [ids[0], 'outcome'],
      [ids[1], 'outcome'],
      [third, 'command'],
    ])
  })

  it('writes the outcomes of one turn in one piece, also at its end', () => {
    const pieces: string[] = []
    const clock = new VirtualClock()
    const audit = new Audit({ append: (lines) => pieces.push(lines), close: () => {} }, clock)
    for (const id of [audit.begin(BEGUN), audit.begin(BEGUN)]) audit.record(DONE, id)
    clock.advance(0)
    expect(pieces.map((lines) => lines.split('\n').length)).toEqual([1, 1, 2])
    audit.record(DONE)
    audit.close()
    expect(pieces).toHaveLength(4)
    expect(clock.timers).toBe(0)
  })

  it('keeps nothing of strangers while it cannot write', () => {
    const { audit, disk } = start()
    disk.isFull = true
    for (let guess = 0; guess < 1_000; guess++) expect(audit.note({ ...DONE, user: null })).toBe(false)
    expect(audit.waiting).toBe(0)
  })
})

it.each([
  ['kick 3 afk', 'kick 3 afk'],
  ['RConPassword hunter2', 'RConPassword …'],
  [' rconpassword\thunter2', 'RConPassword …'],
  ['x\0RConPassword hunter2', 'x\0RConPassword …'],
  ['#login hunter2', '#login …'],
  ['\0#LOGIN hunter2 two', '\0#LOGIN …'],
  [5, '(number)'],
  // Nobody hides what they do behind a word.
  ['kick 5 #login', 'kick 5 #login'],
  ['kick 5 #login haha', 'kick 5 #login …'],
  ['ban 5 0 rconpassword is hunter2', 'ban 5 0 rconpassword … hunter2'],
  ['say -1 rconpassword:x #login y z', 'say -1 rconpassword:x #login … z'],
  ['#beserver RConPassword hunter2', '#beserver RConPassword …'],
  ['#RConPassword hunter2 two', '#RConPassword …'],
])('%j stands in it as %j', (text, shown) => {
  expect(auditedText(text)).toBe(shown)
})
