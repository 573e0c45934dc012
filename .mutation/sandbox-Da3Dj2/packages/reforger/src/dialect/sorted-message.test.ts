// @ts-nocheck
import { encodeText } from '@bercon/core/kit'
import { expect, test } from 'vitest'
import { sortMessage } from './sorted-message.js'

test.each([
  ['Processing Command: #ban list\n', 'echo'],
  ['Processing Command: ', 'line'],
  ['Logged In! Client ID: #0\n', 'line'],
  ['(Side) Ann: hi', 'line'],
  ['Player #3 Rook disconnected', 'line'],
  ['RCon admin #0 (192.0.2.1:2304) logged in', 'line'],
  ['Players on server: x', 'output'],
  ['unknown command', 'output'],
  ['Unknown command\n', 'output'],
  ["Player 'Ann' kicked!", 'output'],
  ['', 'output'],
  // A piece of a list that begins within a name.
  ['(Side) Evil: hi\n', 'output'],
  ['(Side) Evil: hi\n7 ; x', 'output'],
  ['Processing Command: players\n7 ; x', 'output'],
])('%j is of the kind %s', (text, kind) => {
  const bytes = encodeText(text)
  expect(sortMessage({ type: 'message', bytes, sequence: 0, number: 0 }).kind).toBe(kind)
})
