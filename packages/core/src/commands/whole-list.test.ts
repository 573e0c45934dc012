import { describe, expect, it } from 'vitest'
import type { Steps } from '../steps.js'
import { wholeAdmins, wholeBans, wholePlayers } from './whole-list.js'

const GUID = 'a'.repeat(32)
const PLAYERS = `Players on server:\n0   192.0.2.10:2304   31   ${GUID}(OK) Ann\n`
const BANS = `GUID Bans:\n0  ${GUID} perm spam\n`
const ADMINS = 'Connected RCon admins:\n0 192.0.2.9:50960\n'

describe.each<[command: string, begin: () => Steps<unknown>, whole: string, damaged: string, row: object]>([
  ['players', wholePlayers, `${PLAYERS}(1 players in total)`, PLAYERS, { id: 0, name: 'Ann' }],
  ['bans', wholeBans, BANS, `${BANS}nonsense`, { id: 0, target: GUID }],
  ['admins', wholeAdmins, ADMINS, `${ADMINS}nonsense`, { id: 0, ip: '192.0.2.9' }],
])('a damaged list of %s', (command, begin, whole, damaged, row) => {
  it('is requested once more', () => {
    const steps = begin()
    expect(steps.next().value).toMatchObject({ text: command })
    expect(steps.next(damaged).value).toMatchObject({ text: command })
    expect(steps.next(whole)).toMatchObject({ done: true, value: { [command]: [row] } })
  })

  it('is an error the second time, with the rows that could be read', () => {
    const steps = begin()
    steps.next()
    steps.next(whole.replace(/^.*\n/, '$&nonsense\n'))
    expect(() => steps.next(damaged)).toThrow(
      expect.objectContaining({
        code: 'unexpected-reply',
        command,
        reply: damaged,
        rows: [expect.objectContaining(row)],
      }),
    )
  })
})
