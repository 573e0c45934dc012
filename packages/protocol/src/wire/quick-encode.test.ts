import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeText } from '../text/text.js'
import { encodeAcknowledgement, encodeClientPacket, encodeCommand } from './encode.js'

const sequence = fc.nat({ max: 255 })

it('a command is encoded as by the checked way, from its bytes and from its text', () => {
  fc.assert(
    fc.property(sequence, fc.string({ unit: 'grapheme', maxLength: 400 }), (number, text) => {
      const expected = encodeClientPacket({ type: 'command', sequence: number, bytes: encodeText(text) })
      expect(encodeCommand(number, encodeText(text))).toEqual(expected)
      expect(encodeCommand(number, text)).toEqual(expected)
    }),
  )
})

it('an acknowledgment is encoded as by the checked way, whatever was encoded before', () => {
  fc.assert(
    fc.property(sequence, sequence, (number, other) => {
      encodeCommand(other, 'a text that is longer than an acknowledgment')
      expect(encodeAcknowledgement(number)).toEqual(
        encodeClientPacket({ type: 'acknowledgement', sequence: number }),
      )
    }),
  )
})
