import pc from 'picocolors'
import { expect, it } from 'vitest'
import { wrapped } from './wrapped-text.js'

it('cuts a line between words, and puts the rest below the text', () => {
  const kicked = 'Player #1 Pepperjack has been kicked by BattlEye: Admin Kick (afk)'
  expect(wrapped(kicked, 40, '17:37:49  ').split('\n')).toEqual([
    '17:37:49  Player #1 Pepperjack has been',
    '          kicked by BattlEye: Admin Kick',
    '          (afk)',
  ])
})

it('leaves lines that fit as they are, with the blanks that they begin with', () => {
  expect(wrapped(' #  Name\n31  Rook', 8)).toBe(' #  Name\n31  Rook')
  expect(wrapped('anything', Number.POSITIVE_INFINITY, '17:37:49  ')).toBe('17:37:49  anything')
})

it('cuts a word that is wider than the terminal, wide characters and colors with it', () => {
  expect(wrapped('漢字漢字', 4)).toBe('漢字\n漢字')
  const { red } = pc.createColors(true)
  expect(wrapped(red('one two'), 4)).toBe(`${red('one')}\n${red('two')}`)
})
