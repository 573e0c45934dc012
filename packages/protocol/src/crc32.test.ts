import CRC32 from 'crc-32'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32, crc32Of } from './crc32.js'

const bytes = fc.uint8Array({ maxLength: 600, size: 'max' })

describe('crc32', () => {
  it('is that of another hand, whatever the bytes and however many', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        expect(crc32(given)).toBe(CRC32.buf(given) >>> 0)
      }),
    )
  })

  it('is the same for bytes that lie within others', () => {
    fc.assert(
      fc.property(bytes, fc.nat({ max: 20 }), fc.nat({ max: 20 }), (given, before, behind) => {
        const whole = new Uint8Array(before + given.length + behind).fill(0xaa)
        whole.set(given, before)
        expect(crc32Of(whole, before, before + given.length)).toBe(crc32(given))
      }),
    )
  })
})
