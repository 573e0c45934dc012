import { UsageError } from '../usage-error.js'

/** The bytes that are written as hexadecimal digits, with `0x`, spaces, colons or commas between. @throws {@link UsageError} */
export function bytesOfHex(text: string): Uint8Array {
  const digits = text.replace(/0x|[\s:,]/gi, '')
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits))
    throw new UsageError('the bytes must be pairs of hexadecimal digits')
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  )
}
