// @ts-nocheck
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ERROR_SAMPLES } from '../../test/error-samples.js'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The first column of every row that begins with a code. */
const documented = [...read('../../../../docs/errors.md').matchAll(/^\| `([a-z-]+)` \| `(\w+)`/gm)]

/** All codes: the compiler requires a sample for those of every package. */
const codes = Object.keys(ERROR_SAMPLES)

it('docs/errors.md has a row for every code, and for no other', () => {
  expect(documented.map(([, code]) => code).sort()).toEqual([...codes].sort())
})

it('and names its class', () => {
  const classes = Object.fromEntries(documented.map(([, code, name]) => [code, name]))
  const real = Object.values(ERROR_SAMPLES).map((error) => [error.code, error.constructor.name])
  expect(classes).toEqual(Object.fromEntries(real))
})
