import { describe, expect, it } from 'vitest'
import { Section } from './section.js'

const section = (value: unknown) => new Section('http', { key: value })

const refusedAs = (argument: string, expected: string, message = '') =>
  expect.objectContaining({
    code: 'invalid-argument',
    argument,
    expected,
    message: expect.stringContaining(message),
  })

describe('a table of the file', () => {
  it.each([undefined, null, 5, 'text', true, [1], new Date(0)])('is not %j', (value) => {
    expect(() => new Section('http', value)).toThrow(
      refusedAs('http', 'a table', 'http must be a table, [http]'),
    )
  })

  it('has its keys and no others, where they are known', () => {
    const value = { host: 'a', prot: 'secret' }
    expect(new Section('', value).tables()).toEqual([
      ['host', 'a'],
      ['prot', 'secret'],
    ])
    expect(() => new Section('http', value, ['host', 'port'])).toThrow(
      refusedAs('http.prot', 'a key that exists', 'There is no http.prot; did you mean "port"?'),
    )
    const others = () => new Section('', value, ['host', 'page', 'tls'])
    expect(others).toThrow(
      refusedAs('prot', 'a key that exists', 'There is no prot; there are host, page, tls'),
    )
    expect(others).not.toThrow(/secret/)
  })
})

type Read = (given: Section) => unknown
const maybeText: Read = (given) => given.maybeText('key')
const maybeTexts: Read = (given) => given.maybeTexts('key')
const maybeFlag: Read = (given) => given.maybeFlag('key')
const maybeCount: Read = (given) => given.maybeCount('key', 10)
const maybeCountFrom5: Read = (given) => given.maybeCount('key', 10, 5)
const maybeOneOf: Read = (given) => given.maybeOneOf('key', ['a', 'b'])
const maybeAddress: Read = (given) => given.maybeAddress('key')
const port: Read = (given) => given.port('key')

describe('a value of a table', () => {
  it.each<[Read, unknown, unknown]>([
    [maybeText, ' ', ' '],
    [maybeTexts, [], []],
    [maybeTexts, ['a', ''], ['a', '']],
    [maybeFlag, true, true],
    [maybeFlag, false, false],
    [maybeCount, 1, 1],
    [maybeCount, 10, 10],
    [maybeCountFrom5, 5, 5],
    [maybeOneOf, 'b', 'b'],
    [maybeAddress, 'example.org:80', { host: 'example.org', port: 80 }],
    [maybeAddress, '127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    [maybeAddress, '[::1]:65535', { host: '::1', port: 65_535 }],
    [port, 65_535, 65_535],
  ])('is read by %o from %j', (read, value, meaning) => {
    expect(read(section(value))).toEqual(meaning)
  })

  it.each([maybeText, maybeTexts, maybeFlag, maybeCount, maybeOneOf, maybeAddress])(
    'may be left out for %o',
    (read) => {
      expect(read(section(undefined))).toBeUndefined()
    },
  )

  const text = 'a text that is not empty'
  const texts = 'a list of texts, such as ["players", "say"]'
  const address = 'an address with a port, such as "127.0.0.1:2406"'

  it.each<[Read, unknown, string]>([
    [maybeText, '', text],
    [maybeText, 5, text],
    [maybeTexts, 'a', texts],
    [maybeTexts, ['a', 5], texts],
    [maybeTexts, [5, 'a'], texts],
    [maybeFlag, 'true', 'true or false'],
    [maybeFlag, 1, 'true or false'],
    [maybeCount, 0, 'a whole number from 1 to 10'],
    [maybeCount, 11, 'a whole number from 1 to 10'],
    [maybeCount, 1.5, 'a whole number from 1 to 10'],
    [maybeCount, '5', 'a whole number from 1 to 10'],
    [maybeCount, [5], 'a whole number from 1 to 10'],
    [maybeCountFrom5, 4, 'a whole number from 5 to 10'],
    [maybeOneOf, 'c', 'one of "a", "b"'],
    [maybeOneOf, ['a'], 'one of "a", "b"'],
    [maybeAddress, 'example.org', address],
    [maybeAddress, 'example.org:65536', address],
    [maybeAddress, '::1:80', address],
    [maybeAddress, ':80', address],
    [maybeAddress, 'a b:80', address],
    [maybeAddress, 'x[::1]:80', address],
    [maybeAddress, '127.0.0.1:80x', address],
    [maybeAddress, '127.0.0.1:080000', address],
    [port, 65_536, 'a whole number from 1 to 65535'],
  ])('is refused by %o when it is %j', (read, value, expected) => {
    expect(() => read(section(value))).toThrow(refusedAs('http.key', expected))
  })

  it.each<Read>([(given) => given.text('key'), (given) => given.texts('key'), port])(
    'must be there for %o',
    (read) => {
      expect(() => read(section(undefined))).toThrow(refusedAs('http.key', 'there', 'http.key is missing'))
    },
  )
})
