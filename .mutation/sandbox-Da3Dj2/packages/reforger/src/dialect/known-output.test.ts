// @ts-nocheck
import { encodeText } from '@bercon/core/kit'
import { expect, test } from 'vitest'
import { endOfOutput, isListing } from './known-output.js'

test.each([
  ['#kick 3', "Player 'Ann' kicked!", 'ended'],
  ['#kick 3', 'Player not found\n', 'ended'],
  ['kick 3', "Player 'An", 'unknown'],
  ['#ban create 3 60', "Player 'Ann' banned!", 'ended'],
  ['#ban remove Ann', 'Multiple users found! Please use a unique identifier.', 'unknown'],
  ['#ban list', 'Processing ban list', 'pending'],
  ['#ban list', 'Server has no bans to list.', 'ended'],
  ['#ban list', 'Total bans: 1 | Page: 1/1', 'unknown'],
  ['#ban', 'Help for ban command. ', 'unknown'],
  ['#bans list', 'unknown command', 'ended'],
  ['#modcommand', 'Timeout', 'unknown'],
  ['#kick 3', '', 'unknown'],
])('after %s, %j says of the end: %s', (command, text, end) => {
  expect(endOfOutput(command, [encodeText(text)])).toBe(end)
  const half = Math.floor(text.length / 2)
  expect(endOfOutput(command, [encodeText(text.slice(0, half)), encodeText(text.slice(half))])).toBe(end)
})

test('a long output is not compared', () => {
  expect(endOfOutput('#kick 3', [encodeText(`Player '${'x'.repeat(600)}' kicked!`)])).toBe('unknown')
})

test('lists are recognized by their commands', () => {
  expect(['players', '#players', '#ban list', '#ban list 2'].every(isListing)).toBe(true)
  expect(['#ban', '#kick 3', 'players x', ''].some(isListing)).toBe(false)
})
