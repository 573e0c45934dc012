import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostileCommands, namesThatServersMayRead } from '../../test/hostile-commands.js'
import type { ServerGame } from '../servers/game.js'
import { CommandRate } from './command-rate.js'
import { judge, type Subject } from './judge.js'
import { createRole } from './role.js'
import type { RoleOptions } from './role-options.js'

function subject(options: Partial<RoleOptions> = {}): Subject {
  const role = createRole('moderator', {
    servers: ['altis'],
    commands: ['players', 'say', 'kick'],
    ...options,
  })
  return { user: 'ann', role, rate: new CommandRate() }
}

const at = (game: ServerGame, name = 'altis') => ({ name, game })

function verdictOf(text: unknown, options: Partial<RoleOptions> = {}, game: ServerGame = 'arma3') {
  const verdict = judge(subject(options), at(game), text, 0)
  return verdict.type === 'allowed' ? verdict.text : verdict.refusal.code
}

describe('a role', () => {
  it.each([
    ['players', 'players'],
    [' Kick\t 3\t4 ', 'Kick 3\t4'],
    ['ban 3', 'command-disallowed'],
    ['#kick 3', 'command-disallowed'],
    ['@kick 3', 'command-disallowed'],
    ['kicks 3', 'command-disallowed'],
    ['', 'command-disallowed'],
    [undefined, 'command-disallowed'],
  ])('decides about %j: %s', (text, sent) => {
    expect(verdictOf(text)).toBe(sent)
  })

  it('allows a command with its first argument alone where it names both', () => {
    const options = { commands: ['#ban  List'] }
    expect(verdictOf('#ban list 2', options, 'reforger')).toBe('#ban list 2')
    expect(verdictOf('#ban create 3 60', options, 'reforger')).toBe('command-disallowed')
    expect(verdictOf('#ban', options, 'reforger')).toBe('command-disallowed')
  })

  it('takes a command of Reforger with and without # for the same', () => {
    expect(verdictOf('#players', {}, 'reforger')).toBe('#players')
    expect(verdictOf('lock', { commands: ['#lock'] }, 'reforger')).toBe('lock')
    expect(verdictOf('ban 3', {}, 'reforger')).toBe('command-disallowed')
  })

  it('allows everything that has a name by *, but nothing that is about the login of the gateway', () => {
    const all = { commands: ['*'] }
    expect(verdictOf('#shutdown', all)).toBe('#shutdown')
    for (const text of [
      'RConPassword x',
      ' rconpassword\tx',
      '@logout',
      '#LOGOUT',
      'logout',
      'exit',
      'play\0ers',
      '#RConPassword x',
      '@rconport 1',
      '#exit',
      '#beserver RConPassword x',
      'BEServer\t#logout',
    ])
      expect(verdictOf(text, all)).toBe('command-disallowed')
  })

  it('does not know a server that it does not name', () => {
    const verdict = judge(subject(), at('arma3', 'tanoa'), 'players', 0)
    expect(verdict).toMatchObject({ refusal: { code: 'not-found', detail: 'There is no server "tanoa"' } })
  })

  it('shows players who speaks, and lets nobody get round it', () => {
    const options = { sayPrefix: '[{user}] ' }
    expect(verdictOf('say -1 hello', options)).toBe('say -1 [ann] hello')
    expect(verdictOf('SAY\t 3  hello $&', options)).toBe('SAY 3 [ann] hello $&')
    for (const text of ['say hello', 'say', 'say -1', 'say -1x hello', 'say "-1" hello'])
      expect(verdictOf(text, options)).toBe('command-disallowed')
    expect(verdictOf(`say -1 ${'x'.repeat(1_380)}`, options)).toBe('command-disallowed')
  })

  it('allows so many commands in any minute, counting the refused ones', () => {
    const user = subject({ perMinute: 3 })
    const codeAt = (now: number, text: string) => {
      const verdict = judge(user, at('arma3'), text, now)
      return verdict.type === 'allowed' ? 'allowed' : verdict.refusal.code
    }
    expect([codeAt(0, 'players'), codeAt(1_000, 'ban 3'), codeAt(2_000, 'players')]).toEqual([
      'allowed',
      'command-disallowed',
      'allowed',
    ])
    expect(codeAt(59_999, 'players')).toBe('rate-limited')
    expect(codeAt(60_000, 'players')).toBe('allowed')
    expect(codeAt(60_500, 'players')).toBe('rate-limited')
    expect(codeAt(61_000, 'players')).toBe('allowed')
  })
})

it('lets nothing through that any way of reading it would call something else than the role names', () => {
  const user = subject({ commands: ['players', 'say', '#lock'], sayPrefix: '[{user}] ' })
  const allowed = ['players', 'say', '#lock']
  fc.assert(
    fc.property(hostileCommands, (text) => {
      const verdict = judge(user, at('dayz'), text, 0)
      if (verdict.type !== 'allowed') return
      for (const name of namesThatServersMayRead(verdict.text)) expect(allowed).toContain(name)
    }),
    { numRuns: 20_000 },
  )
})

describe('options of a role', () => {
  it.each([
    ['roles.x.servers', { servers: 'altis' as never }],
    ['roles.x.commands', { commands: ['kick 3 now'] }],
    ['roles.x.commands', { commands: ['k\u0456ck'] }],
    ['roles.x.commands', { commands: ['RConPassword'] }],
    ['roles.x.commands', { commands: ['#beserver rconpassword'] }],
    ['roles.x.events', { events: [5] as never }],
    ['roles.x.perMinute', { perMinute: 0 }],
    ['roles.x.sayPrefix', { sayPrefix: 'a\nb' }],
    ['roles.x.sayPrefix', { sayPrefix: 'x'.repeat(101) }],
    ['roles.x.audit', { audit: 'yes' as never }],
    ['command', { command: ['kick'] } as never],
  ])('are refused by name: %s', (argument, options) => {
    const given = { servers: ['altis'], commands: ['players'], ...options }
    expect(() => createRole('x', given)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument }),
    )
  })
})
