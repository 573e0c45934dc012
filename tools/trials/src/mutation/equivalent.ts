import { readFileSync } from 'node:fs'
import type { Mutant } from './plan.js'

/** A mutant that changes nothing that anybody can see. It is found by its texts, so that it survives other changes of its file. */
export interface Equivalent {
  readonly file: string
  readonly from: string
  readonly to: string
  /** A part of its line, where the file has the same change at other places too. */
  readonly near: string | undefined
  /** Why nobody can see it. */
  readonly why: string
}

/** Those of one reason and file are one entry of the list. */
interface Entry {
  readonly why: string
  readonly file: string
  readonly changes: readonly (readonly [from: string, to: string, near?: string])[]
}

const LIST = new URL('../../src/mutation/equivalent.json', import.meta.url)

export function readEquivalents(): Equivalent[] {
  const entries = JSON.parse(readFileSync(LIST, 'utf8')) as Entry[]
  return entries.flatMap(({ why, file, changes }) =>
    changes.map(([from, to, near]) => ({ file, from, to, near, why })),
  )
}

export const isSame = (known: Equivalent, { file, from, to, text }: Mutant): boolean =>
  file === known.file && from === known.from && to === known.to && text.includes(known.near ?? '')
