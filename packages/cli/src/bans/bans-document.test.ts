import { expect, it } from 'vitest'
import { formatDocument, formOf, parseDocument } from './bans-document.js'

const BANS = [
  { kind: 'guid', target: 'a'.repeat(32), expiresAt: undefined, reason: 'spam, "twice"' },
  { kind: 'ip', target: '192.0.2.7', expiresAt: Date.UTC(2030, 0, 1), reason: '' },
] as const

it.each(['txt', 'json', 'csv'] as const)('bans are the same after a way through %s', async (form) => {
  expect(await parseDocument(await formatDocument(BANS, form), form)).toEqual(BANS)
})

it('a reason that a spreadsheet would take for a formula is written as text, and read as it was', async () => {
  const bans = ['=HYPERLINK("http://x")', '-1;+1', "'@x"].map((reason) => ({ ...BANS[0], reason }))
  const text = await formatDocument(bans, 'csv')
  expect(text).toContain(`,"'=HYPERLINK(""http://x"")"`)
  expect(text).toContain(",'-1;'+1")
  expect(await parseDocument(text, 'csv')).toEqual(bans)
})

it.each([
  ['txt', 'hello\n', 'lines that are no bans: 1, such as "hello"'],
  ['json', '[{"target": "x"}]', 'entry 1 is no ban'],
  ['json', '{}', 'the file must hold a list'],
  ['json', 'hello', 'JSON'],
  // Without an end it would be for ever.
  ['csv', 'target,reason\n192.0.2.7,spam\n', 'entry 1 is no ban'],
  ['csv', 'target,expiresAt,reason\n192.0.2.7,soon,spam\n', 'entry 1 is no ban'],
  ['csv', '"', 'Quote'],
] as const)('as %s, %j is refused', async (form, text, problem) => {
  await expect(parseDocument(text, form)).rejects.toThrow(problem)
})

it('the form is told by the name, and is that of bans.txt for any other', () => {
  expect(['a.JSON', 'b.csv', 'bans.txt', '-'].map(formOf)).toEqual(['json', 'csv', 'txt', 'txt'])
})
