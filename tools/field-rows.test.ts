import { expect, test } from 'vitest'
import { describeFieldRows, fieldBytes } from './field-rows.js'

describeFieldRows('message', (row) => {
  expect(row.expect).toBeTypeOf('object')
})

test.each([
  ['(Global) Rook: hi', [...Buffer.from('(Global) Rook: hi')]],
  ['(bytes, cp1251) \\xc8: h\\r\\n', [0xc8, 0x3a, 0x20, 0x68, 0x0d, 0x0a]],
  ['(bytes, UTF-16LE with BOM) x\\n', [0xff, 0xfe, 0x78, 0x00, 0x0a, 0x00]],
])('%j represents its bytes', (text, bytes) => {
  expect([...fieldBytes({ text })]).toEqual(bytes)
})
