import { decodeText, encodeText } from '@bercon/core'
import { expect, test } from 'vitest'
import { joinChunks } from './joined-chunks.js'

const A = 'b6955d91-4749-4cdb-9a51-e69f630ec435'
const B = '0f3a1c22-9d4e-4b7a-8c1d-2e5f6a7b8c9d'

function join(...chunks: readonly string[]): string {
  return decodeText(joinChunks(chunks.map(encodeText)))
}

test('pieces are joined as they are', () => {
  expect(join('ab', '', 'c\n', 'd')).toBe('abc\nd')
  expect(join()).toBe('')
})

test('a character that is cut is whole again', () => {
  const bytes = encodeText('Łódź 👾')
  for (let cut = 0; cut <= bytes.length; cut++)
    expect(decodeText(joinChunks([bytes.subarray(0, cut), bytes.subarray(cut)]))).toBe('Łódź 👾')
})

test('a line end that was lost between two rows is put back', () => {
  expect(join(`1 ; ${A} ; Alpha`, `2 ; ${B} ; Bravo`)).toBe(`1 ; ${A} ; Alpha\n2 ; ${B} ; Bravo`)
  expect(join(`1 | ${A} | Al`, 'pha', `#2 | ${B} | Bravo`)).toBe(`1 | ${A} | Alpha\n#2 | ${B} | Bravo`)
})

test('none is put into the number of a row', () => {
  expect(join(`1 ; ${A} ; Alpha\n1`, `2 ; ${B} ; Bravo`)).toBe(`1 ; ${A} ; Alpha\n12 ; ${B} ; Bravo`)
})

test('none is put before what is no row', () => {
  expect(join(`1 ; ${A} ; Alpha`, '2 ; Bravo')).toBe(`1 ; ${A} ; Alpha2 ; Bravo`)
  expect(join('Alpha', `2 ; ${B} ; Bravo`)).toBe(`Alpha2 ; ${B} ; Bravo`)
})
