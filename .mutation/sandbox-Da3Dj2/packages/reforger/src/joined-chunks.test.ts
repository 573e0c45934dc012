// @ts-nocheck
import { decodeText, encodeText } from '@bercon/core/kit'
import { expect, test } from 'vitest'
import { joinChunks } from './joined-chunks.js'

const HEADER = 'Players on server: [Player#] ; [Player UID] ; [Player Name]'
const A = 'b6955d91-4749-4cdb-9a51-e69f630ec435'
const B = '0f3a1c22-9d4e-4b7a-8c1d-2e5f6a7b8c9d'

function join(...chunks: readonly string[]): string {
  return decodeText(joinChunks(chunks.map(encodeText)))
}

const FULL = 'x'.repeat(1_024)

test('pieces cut by length are joined without a line end', () => {
  expect(join(FULL, '', 'c\n', 'd')).toBe(`${FULL}c\nd`)
  expect(join('Play', 'ers on serv', 'er: x')).toBe('Players on server: x')
  expect(join("Player 'An", "n' kicked!")).toBe("Player 'Ann' kicked!")
  expect(join()).toBe('')
})

test('texts sent one by one are on separate lines', () => {
  expect(join('Processing ban list', 'Server has no bans to list.')).toBe(
    'Processing ban list\nServer has no bans to list.',
  )
  expect(join('one\n', 'two', '', 'three', FULL, 'four')).toBe(`one\ntwo\nthree\n${FULL}four`)
  expect(join("Player 'Ann' kicked!", "Player 'Bob' kicked!")).toBe(
    "Player 'Ann' kicked!\nPlayer 'Bob' kicked!",
  )
})

test('a character that was cut is complete again', () => {
  const bytes = encodeText(`${'x'.repeat(1_000)}Łódź 👾`)
  for (let cut = 1_000; cut <= bytes.length; cut++)
    expect(decodeText(joinChunks([bytes.subarray(0, cut), bytes.subarray(cut)]))).toBe(decodeText(bytes))
  const short = encodeText('👾')
  expect(decodeText(joinChunks([short.subarray(0, 2), short.subarray(2)]))).toBe('👾')
})

test('a line end lost between two rows is restored', () => {
  expect(join(`1 ; ${A} ; Alpha`, `2 ; ${B} ; Bravo`)).toBe(`1 ; ${A} ; Alpha\n2 ; ${B} ; Bravo`)
  expect(join(HEADER, `1 ; ${A} ; Alpha`)).toBe(`${HEADER}\n1 ; ${A} ; Alpha`)
  expect(join(`1 | ${A} | Al`, 'pha', `#2 | ${B} | Bravo`)).toBe(`1 | ${A} | Alpha\n#2 | ${B} | Bravo`)
})

test('no line end is inserted into the number of a row', () => {
  expect(join(`1 ; ${A} ; Alpha\n1`, `2 ; ${B} ; Bravo`)).toBe(`1 ; ${A} ; Alpha\n12 ; ${B} ; Bravo`)
})

test('no line end is inserted before text that is not a row', () => {
  expect(join(`1 ; ${A} ; Alpha`, '2 ; Bravo')).toBe(`1 ; ${A} ; Alpha2 ; Bravo`)
  expect(join(HEADER, `x ; ${B} ; Bravo`)).toBe(`${HEADER}x ; ${B} ; Bravo`)
})
