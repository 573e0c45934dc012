// @ts-nocheck
import { describe, expect, test } from 'vitest'
import { ban, bans, kick, players, unban } from './commands.js'

const UUID = 'b6955d91-4749-4cdb-9a51-e69f630ec435'

test.each([
  [players(), '#players', true],
  [kick(3), '#kick 3', false],
  [ban(3, 60), '#ban create 3 3600', false],
  [ban(3, 0.75, 'spam and more'), '#ban create 3 45 spam and more', false],
  [ban(UUID, undefined, 'spam'), `#ban create ${UUID} 0 spam`, false],
  [unban(UUID), `#ban remove ${UUID}`, false],
  [bans(), '#ban list 1', true],
  [bans(9), '#ban list 9', true],
])('%o has the right text and resend flag', (command, text, isReading) => {
  expect(command).toMatchObject({ text, resend: isReading })
  // A part of a list would look complete.
  expect(command.verifyEnd).toBe(isReading ? true : undefined)
})

describe('refused by name before anything is sent', () => {
  test.each([
    ['playerId', () => kick(0)],
    ['target', () => ban(0)],
    ['target', () => ban('Ann')],
    ['target', () => ban('7')],
    ['minutes', () => ban(1, 0)],
    ['minutes', () => ban(1, 1.001)],
    ['minutes', () => ban(1, -1)],
    ['minutes', () => ban(1, '60' as never)],
    ['reason', () => ban(1, undefined, 'a\nb')],
    ['reason', () => ban(1, undefined, 'x'.repeat(1_400))],
    ['identityId', () => unban('Ann')],
    ['page', () => bans(0)],
  ])('a bad %s (%s)', (argument, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', argument }))
  })

  test('a name to unban, with the reason', () => {
    expect(() => unban('Ann')).toThrow(/may unban another player/)
  })
})

test('any output other than a success is an error with the server’s text', () => {
  expect(() => kick(9).parse('Player not found')).toThrow(
    expect.objectContaining({ reply: 'Player not found' }),
  )
  expect(() => ban(9).parse('')).toThrow(expect.objectContaining({ code: 'unexpected-reply' }))
  expect(() => bans().parse('Processing ban list')).toThrow(/is not what that command returns/)
  expect(() => unban(UUID).parse('Timeout')).toThrow(/Timeout/)
  expect(unban(UUID).parse('User not found!')).toBe(false)
  expect(kick(1).parse("Player 'Ann' kicked!")).toBe('Ann')
})
