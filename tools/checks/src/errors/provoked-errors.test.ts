import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { provokedErrors } from './provoked-errors.js'

const PAGE = join(import.meta.dirname, '../../../../docs/errors.md')
const BEGIN = '<!-- errors: begin -->\n\n'
const END = '\n<!-- errors: end -->'

it('the page of errors says what the calls say that it names; BERCON_WRITE_ERRORS=1 writes it anew', async () => {
  const page = readFileSync(PAGE, 'utf8')
  const [before, rest] = page.split(BEGIN) as [string, string]
  const [section, after] = rest.split(END) as [string, string]
  const provoked = await provokedErrors()
  const { BERCON_WRITE_ERRORS } = process.env
  if (BERCON_WRITE_ERRORS === '1') writeFileSync(PAGE, before + BEGIN + provoked + END + after)
  else expect(section).toBe(provoked)
})
