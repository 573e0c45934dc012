// @ts-nocheck
import { describe, expect, test } from 'vitest'
import { UnexpectedReplyError } from '../errors/index.js'
import {
  addBan,
  admins,
  ban,
  bans,
  commands,
  keepAlive,
  kick,
  loadBans,
  loadEvents,
  loadScripts,
  maxPing,
  missions,
  players,
  rconPassword,
  removeBan,
  say,
  update,
  version,
  writeBans,
} from './index.js'

const BANS = 'GUID Bans:\n[#] [GUID] [Minutes left] [Reason]\n----------------------------------------\n'

describe('the reply of a command that reads', () => {
  test('is parsed', () => {
    expect(players().parse('Players on server:\n(0 players in total)').total).toBe(0)
    expect(admins().parse('Connected RCon admins:\n2 192.0.2.44:50960').admins[0]?.id).toBe(2)
    expect(bans().parse(BANS).bans).toEqual([])
    expect(missions().parse('Missions on server:\nops.Altis.pbo').missions[0]?.world).toBe('Altis')
    expect(version().parse('1.243').version).toBe('1.243')
    expect(commands().parse('List of available commands:\nsay').raw).toBe('List of available commands:\nsay')
  })

  test.each([players(), admins(), bans(), missions(), version(), commands()])(
    'must not be empty: $text',
    ({ parse, text }) => {
      expect(() => parse('')).toThrow(
        expect.objectContaining({ code: 'unexpected-reply', command: text, reply: '' }),
      )
    },
  )

  test.each([players(), admins(), missions()])('must not be another command’s: $text', ({ parse, text }) => {
    expect(() => parse(BANS)).toThrow(expect.objectContaining({ command: text, reply: BANS }))
  })

  test('is quoted in part if it is long, and kept completely', () => {
    const reply = 'x'.repeat(100_000)
    const error = new UnexpectedReplyError({ command: 'players', reply })
    expect(error.reply).toBe(reply)
    expect(error.message).toContain('100000 characters')
    expect(error.message.length).toBeLessThan(300)
    expect(error.name).toBe('UnexpectedReplyError')
  })
})

describe('the reply of a command that acts', () => {
  const doing = [
    kick(3),
    ban(3),
    addBan('192.0.2.7'),
    removeBan(3),
    say(-1, 'hi'),
    keepAlive(),
    loadBans(),
    writeBans(),
    loadScripts(),
    loadEvents(),
    update(),
    maxPing(),
    rconPassword('correct-horse'),
  ]

  test.each(doing)('is undefined if it is empty: $text', ({ parse }) => {
    expect(parse('')).toBeUndefined()
  })

  test.each(doing)('is returned if it is not empty: $text', ({ parse }) => {
    expect(parse('Player not found')).toBe('Player not found')
  })
})
