import { expect, it } from 'vitest'
import { importsOf, packageOf } from './imports-of.js'

it('finds a source’s imports from other packages in every form', () => {
  const source = `import { a } from '@bercon/core'
import type { B } from '@bercon/client'
import './beside.js'
export * from 'rxjs'
export { c } from './c.js'
const d = await import('node:dgram')
const e = await import(a)`
  expect(importsOf('a.ts', source)).toEqual(['@bercon/core', '@bercon/client', 'rxjs', 'node:dgram'])
})

it('names a source that cannot be parsed', () => {
  expect(() => importsOf('broken.ts', 'import {')).toThrow('broken.ts')
})

it('assigns an import to a package, or to Node', () => {
  expect(packageOf('@bercon/core/testing')).toBe('@bercon/core')
  expect(packageOf('node:dgram')).toBe('node:')
  expect(packageOf('rxjs/operators')).toBe('rxjs')
})
