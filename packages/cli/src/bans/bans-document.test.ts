import { expect, it } from 'vitest'
import { type DocumentForm, formatDocument, formOf, parseDocument } from './bans-document.js'

const BANS = [
  { kind: 'guid', target: 'a'.repeat(32), expiresAt: undefined, reason: 'spam, "twice"' },
  { kind: 'ip', target: '192.0.2.7', expiresAt: Date.UTC(2030, 0, 1), reason: '' },
] as const

const read = (text: string, form: DocumentForm) => parseDocument(Buffer.from(text), form)

it.each(['txt', 'json', 'csv'] as const)('bans survive a round trip through %s', async (form) => {
  expect(await read(await formatDocument(BANS, form), form)).toEqual({ bans: BANS, remarks: [] })
})

it('a reason that looks like a formula is written as text, and read back unchanged', async () => {
  const bans = ['=HYPERLINK("http://x")', '-1;+1', "'@x"].map((reason) => ({ ...BANS[0], reason }))
  const text = await formatDocument(bans, 'csv')
  expect(text).toContain(`,"'=HYPERLINK(""http://x"")"`)
  expect(text).toContain(",'-1;'+1")
  expect((await read(text, 'csv')).bans).toEqual(bans)
})

it('a ban in JSON has the keys that "bercon bans" writes', async () => {
  expect(JSON.parse(await formatDocument(BANS, 'json'))[1]).toEqual({
    kind: 'ip',
    target: '192.0.2.7',
    expiresAt: '2030-01-01T00:00:00Z',
    reason: '',
  })
})

it.each([
  ['json', '{}', 'the file must contain a list of bans'],
  ['json', 'hello', 'JSON'],
  ['csv', '"', 'Quote'],
] as const)('as %s, %j is refused', async (form, text, problem) => {
  await expect(read(text, form)).rejects.toThrow(problem)
})

it.each([
  ['txt', 'hello\n', 'line 1'],
  ['json', '[{"target": "x"}]', 'entry 1'],
  // Without an end it would be permanent.
  ['csv', 'target,reason\n192.0.2.7,spam\n', 'entry 1'],
  ['csv', 'target,expiresAt,reason\n192.0.2.7,,\n192.0.2.7,soon,spam\n', 'entry 2'],
] as const)('as %s, %j has a bad line', async (form, text, where) => {
  expect((await read(text, form)).remarks).toMatchObject([{ kind: 'bad', where }])
})

it.each(['json', 'csv'] as const)('%s may be UTF-16', async (form) => {
  const text = `\uFEFF${await formatDocument(BANS, form)}`
  expect((await parseDocument(Buffer.from(text, 'utf16le'), form)).bans).toEqual(BANS)
})

it('the name determines the form, which is that of bans.txt by default', () => {
  expect(['a.JSON', 'b.csv', 'bans.txt', '-'].map(formOf)).toEqual(['json', 'csv', 'txt', 'txt'])
})
