// @ts-nocheck
import pc from 'picocolors'
import { expect, it } from 'vitest'
import { wrapped } from './wrapped-text.js'

it('breaks a line between words, and indents the rest below the text', () => {
  const kicked = 'Player #1 Pepperjack has been kicked by BattlEye: Admin Kick (afk)'
  expect(wrapped(kicked, 40, '17:37:49  ').split('\n')).toEqual([
    '17:37:49  Player #1 Pepperjack has been',
    '          kicked by BattlEye: Admin Kick',
    '          (afk)',
  ])
})

it('leaves lines that fit unchanged, with their leading spaces', () => {
  expect(wrapped(' #  Name\n31  Rook', 8)).toBe(' #  Name\n31  Rook')
  expect(wrapped('anything', Number.POSITIVE_INFINITY, '17:37:49  ')).toBe('17:37:49  anything')
})

it('breaks a word that is wider than the terminal, with wide characters and colors', () => {
  expect(wrapped('漢字漢字', 4)).toBe('漢字\n漢字')
  const { red } = pc.createColors(true)
  expect(wrapped(red('one two'), 4)).toBe(`${red('one')}\n${red('two')}`)
})
