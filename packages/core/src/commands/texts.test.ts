import { describe, expect, test } from 'vitest'
import * as made from './index.js'

const GUID = '0123456789abcdef0123456789abcdef'

describe('a command', () => {
  test.each([
    ['players', () => made.players(), 'players', true],
    ['admins', () => made.admins(), 'admins', true],
    ['bans', () => made.bans(), 'bans', true],
    ['missions', () => made.missions(), 'missions', true],
    ['version', () => made.version(), 'version', true],
    ['commands', () => made.commands(), 'commands', true],
    ['keepAlive', () => made.keepAlive(), '', true],
    ['loadBans', () => made.loadBans(), 'loadBans', true],
    ['loadBans of a file', () => made.loadBans('more bans.txt'), 'loadBans more bans.txt', true],
    ['loadScripts', () => made.loadScripts(), 'loadScripts', true],
    ['loadEvents', () => made.loadEvents(), 'loadEvents', true],
    ['writeBans', () => made.writeBans(), 'writeBans', false],
    ['update', () => made.update(), 'update', false],
    ['maxPing', () => made.maxPing(250), 'maxPing 250', false],
    ['maxPing without a limit', () => made.maxPing(), 'maxPing -1', false],
    ['maxPing with the sign for no limit', () => made.maxPing(-1), 'maxPing -1', false],
    ['rconPassword', () => made.rconPassword('correct-horse'), 'RConPassword correct-horse', false],
    ['kick', () => made.kick(3), 'kick 3', false],
    ['kick with a reason', () => made.kick(3, 'afk'), 'kick 3 afk', false],
    ['kick with an empty reason', () => made.kick(3, ''), 'kick 3', false],
    ['kick of a wide slot', () => made.kick(1717, 'a  b '), 'kick 1717 a  b ', false],
    ['ban', () => made.ban(0), 'ban 0 0', false],
    ['ban for a time', () => made.ban(3, 60), 'ban 3 60', false],
    ['ban with a reason', () => made.ban(3, 60, '5 kills'), 'ban 3 60 5 kills', false],
    ['permanent ban with a reason', () => made.ban(3, undefined, '5 kills'), 'ban 3 0 5 kills', false],
    ['addBan of a GUID', () => made.addBan(GUID, undefined, 'spam'), `addBan ${GUID} 0 spam`, false],
    ['addBan of a GUID in capitals', () => made.addBan(GUID.toUpperCase(), 5), `addBan ${GUID} 5`, false],
    ['addBan of an IP address', () => made.addBan('192.0.2.7', 90), 'addBan 192.0.2.7 90', false],
    ['addBan of an IPv6 address', () => made.addBan('2001:db8::7'), 'addBan 2001:db8::7 0', false],
    ['removeBan', () => made.removeBan(115), 'removeBan 115', false],
    ['say to everybody', () => made.say(made.EVERYBODY, 'restart: now'), 'say -1 restart: now', false],
    ['say to one', () => made.say(3, 'привет'), 'say 3 привет', false],
    ['say to the last slot', () => made.say(2 ** 31 - 1, 'hi'), 'say 2147483647 hi', false],
    [
      'say of characters that take two units of UTF-16',
      () => made.say(-1, '👾👍🏽 ok'),
      'say -1 👾👍🏽 ok',
      false,
    ],
    ['say of nothing', () => made.say(-1, ''), 'say -1 ', false],
  ])('%s has this text and this resend flag', (_name, make, text, resend) => {
    const command = make()
    expect([command.text, command.resend]).toEqual([text, resend])
  })

  test('states its own total only where its reply has a last line with it', () => {
    const reading = [
      made.players(),
      made.admins(),
      made.bans(),
      made.missions(),
      made.version(),
      made.commands(),
    ]
    expect(reading.filter(({ hasTotal }) => hasTotal).map(({ text }) => text)).toEqual(['players'])
  })

  test('is a text of UTF-8 bytes, as on the wire', () => {
    const bytes = new TextEncoder().encode(made.say(-1, 'привет').text)
    const hex = [...bytes].map((byte) => byte.toString(16)).join(' ')
    expect(hex).toBe('73 61 79 20 2d 31 20 d0 bf d1 80 d0 b8 d0 b2 d0 b5 d1 82')
  })
})
