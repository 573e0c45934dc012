import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourcesAndPages, termsIn, wrongWordsIn } from './glossary.js'
import { ROOT } from './workspace.js'

const terms = termsIn(readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8'))

it('no source or page uses a word that the glossary replaces', () => {
  const texts = sourcesAndPages()
  expect(texts.size).toBeGreaterThan(500)
  const found = [...texts].flatMap(([path, text]) =>
    wrongWordsIn(text, terms).map((wrong) => `${path}:${wrong}`),
  )
  expect(found).toEqual([])
})

describe('the glossary', () => {
  it('has each term once, in alphabetical order, with a sentence', () => {
    const main = terms.filter(({ meaning }) => meaning !== '').map(({ term }) => term)
    const sorted = [...new Set(main)].sort((one, other) => one.localeCompare(other, 'en'))
    expect(main).toEqual(sorted)
    expect(main.length).toBeGreaterThan(25)
  })

  it('lists no term as a wrong word of another', () => {
    const names = new Set(terms.map(({ term }) => term))
    expect(terms.flatMap(({ wrong }) => wrong).filter((word) => names.has(word))).toEqual([])
  })
})

describe('the check itself', () => {
  const own = termsIn('| Term | Means | Not |\n|---|---|---|\n| slot | A place. | `slot number`, seat |\n')

  it('reads terms with the wrong words to look for', () => {
    expect(own).toEqual([{ term: 'slot', meaning: 'A place.', wrong: ['slot number'] }])
  })

  it('finds whole words in any case, also across a line end, and reports the line', () => {
    const text = 'a seat\nthe Slot number, slot numbers, a slot\n * number'
    expect(wrongWordsIn(text, own)).toEqual(['2: slot number (slot)', '2: slot number (slot)'])
  })
})
