import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostileCommands, namesThatServersMayRead } from '../../test/hostile-commands.js'
import type { ServerGame } from '../servers/game.js'
import { CommandRate } from './command-rate.js'
import { judge, judgeAgain, mayRun, type Subject } from './judge.js'
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
      'beserver ##logout',
    ])
      expect(verdictOf(text, all)).toBe('command-disallowed')
    expect(verdictOf('beserver ex#it', all)).toBe('beserver ex#it')
  })

  it('does not know a server that it does not name', () => {
    const verdict = judge(subject(), at('arma3', 'tanoa'), 'players', 0)
    expect(verdict).toMatchObject({ refusal: { code: 'not-found', detail: 'There is no server "tanoa"' } })
  })

  it('does not know it either where the command is counted already', () => {
    const verdict = judgeAgain(subject(), at('arma3', 'tanoa'), 'players')
    expect(verdict).toMatchObject({ refusal: { code: 'not-found', detail: 'There is no server "tanoa"' } })
  })

  it('counts no command for a server that it does not name, and does not refuse it by its number', () => {
    const ann = subject({ perMinute: 1 })
    const codeOf = (name: string) => {
      const verdict = judge(ann, at('arma3', name), 'players', 0)
      return verdict.type === 'allowed' ? 'allowed' : verdict.refusal.code
    }
    const asked = ['tanoa', 'altis', 'altis', 'tanoa']
    expect(asked.map(codeOf)).toEqual(['not-found', 'allowed', 'rate-limited', 'not-found'])
  })

  it('shows players who speaks, and lets nobody get round it', () => {
    const options = { sayPrefix: '[{user}] ' }
    expect(verdictOf('say -1 hello', options)).toBe('say -1 [ann] hello')
    expect(verdictOf('SAY\t 3  hello $&', options)).toBe('SAY 3 [ann] hello $&')
    for (const text of ['say hello', 'say', 'say -1', 'say -1x hello', 'say "-1" hello'])
      expect(verdictOf(text, options)).toBe('command-disallowed')
    const longest = 'x'.repeat(1_378)
    expect(verdictOf(`say -1 ${longest}`, options)).toBe(`say -1 [ann] ${longest}`)
    expect(verdictOf(`say -1 ${longest}x`, options)).toBe('command-disallowed')
  })

  it('puts the prefix before a say with a hash too, and before no other command', () => {
    const options = { commands: ['#say', 'kick'], sayPrefix: '[{user}] ' }
    expect(verdictOf('#say -1 hello', options)).toBe('#say -1 [ann] hello')
    expect(verdictOf('kick 3 afk', options)).toBe('kick 3 afk')
  })

  it('leaves a say as it is if the role has no prefix', () => {
    expect(verdictOf('say hello')).toBe('say hello')
  })

  it('takes an entry without regard to case and spaces around it', () => {
    expect(verdictOf('kick 3', { commands: [' Kick '] })).toBe('kick 3')
  })

  it('compares the first argument with its signs', () => {
    const options = { commands: ['ban #list'] }
    expect(verdictOf('#ban #list', options, 'reforger')).toBe('#ban #list')
    expect(verdictOf('#ban list', options, 'reforger')).toBe('command-disallowed')
  })

  it.each<[string, Partial<RoleOptions>, string]>([
    [
      'play\0ers',
      {},
      'The command has no certain name: it must begin with a word of ASCII letters, without control characters, and have at most 1391 bytes',
    ],
    ['ban 3', {}, 'The role moderator does not allow ban'],
    [
      'say hello',
      { sayPrefix: '[{user}] ' },
      'A say must be "say SLOT TEXT", with -1 for everybody as the slot',
    ],
    [
      `say -1 ${'x'.repeat(1_379)}`,
      { sayPrefix: '[{user}] ' },
      'With [ann]  before it, the text is too long by some bytes',
    ],
  ])('says why it refuses a command: %.20s', (text, options, detail) => {
    expect(judge(subject(options), at('arma3'), text, 0)).toEqual({
      type: 'refused',
      refusal: { code: 'command-disallowed', detail },
    })
  })

  it('says to a user beyond a limit of one when to try again', () => {
    const user = subject({ perMinute: 1 })
    judge(user, at('arma3'), 'players', 0)
    expect(judge(user, at('arma3'), 'players', 1_500)).toEqual({
      type: 'refused',
      refusal: {
        code: 'rate-limited',
        detail: 'The role moderator allows one command a minute; try again in 59 s',
        retryAfterMs: 58_500,
      },
    })
  })

  it('answers what a user may run without counting it', () => {
    const { role, rate } = subject({ perMinute: 1 })
    const may = (text: unknown, server = at('arma3')) => mayRun(role, server, text)
    expect([may('players'), may('players')]).toEqual([true, true])
    expect([may('ban 3'), may(undefined), may('players', at('arma3', 'tanoa'))]).toEqual([
      false,
      false,
      false,
    ])
    expect(judge({ user: 'ann', role, rate }, at('arma3'), 'players', 0).type).toBe('allowed')
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

  it('says when the next command is allowed, and allows it then', () => {
    const user = subject({ perMinute: 2 })
    const at0 = (now: number) => judge(user, at('arma3'), 'players', now)
    at0(0)
    at0(4_500)
    expect(at0(10_000)).toEqual({
      type: 'refused',
      refusal: {
        code: 'rate-limited',
        detail: 'The role moderator allows 2 commands a minute; try again in 50 s',
        retryAfterMs: 50_000,
      },
    })
    expect(at0(60_000).type).toBe('allowed')
    expect(at0(60_001)).toMatchObject({ refusal: { retryAfterMs: 4_499 } })
    expect(at0(64_500).type).toBe('allowed')
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
    ['roles.x.servers', { servers: 'altis' }, 'must be a list of names'],
    ['roles.x.servers', { servers: ['altis', 5] }, 'must be a list of names'],
    ['roles.x.servers', { servers: ['altis', ''] }, 'must be a list of names'],
    ['roles.x.commands', { commands: 'kick' }, 'must be a list of names'],
    [
      'roles.x.commands',
      { commands: ['kick 3 now'] },
      "must be names of commands, such as 'kick' or '#ban list'",
    ],
    ['roles.x.commands', { commands: ['k\u0456ck'] }, 'must be names of commands'],
    ['roles.x.commands', { commands: ['RConPassword'] }, 'has "RConPassword", which no role can have'],
    ['roles.x.commands', { commands: ['#beserver rconpassword'] }, 'which no role can have'],
    ['roles.x.events', { events: [5] }, 'must be a list of names'],
    ['roles.x.perMinute', { perMinute: 0 }, 'from 1 to 100'],
    ['roles.x.perMinute', { perMinute: 1.5 }, 'from 1 to 100'],
    ['roles.x.sayPrefix', { sayPrefix: 'a\nb' }, 'must be a text of up to 100 characters in one line'],
    ['roles.x.sayPrefix', { sayPrefix: 'x'.repeat(101) }, 'must be a text of up to 100 characters'],
    ['roles.x.sayPrefix', { sayPrefix: 5 }, 'must be a text of up to 100 characters'],
    ['roles.x.audit', { audit: 'yes' }, 'must be true or false'],
    ['command', { command: ['kick'] }, 'command'],
  ])('are refused by name: %s %j', (argument, options, message) => {
    const given = { servers: ['altis'], commands: ['players'], ...options }
    expect(() => createRole('x', given as never)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        argument,
        message: expect.stringContaining(message),
      }),
    )
  })

  it('are refused with what is accepted instead of a command about the login', () => {
    const refused = expect.objectContaining({ expected: 'other commands', value: 'logout' })
    expect(() => createRole('x', { servers: ['altis'], commands: ['logout'] })).toThrow(refused)
  })

  it.each([[5], [null], [['players']]])('are refused if they are no object: %j', (options) => {
    expect(() => createRole('x', options as never)).toThrow(
      expect.objectContaining({ argument: 'roles.x', message: expect.stringContaining('an object') }),
    )
  })

  it('have a default if they are undefined, and a prefix of a hundred characters', () => {
    const role = createRole('x', {
      servers: ['altis'],
      commands: [],
      events: undefined,
      perMinute: undefined,
      sayPrefix: 'x'.repeat(100),
    })
    expect(role.settings.perMinute).toBe(Number.POSITIVE_INFINITY)
    expect([role.mayHear('playerConnect'), role.settings.audit]).toEqual([true, false])
  })
})
