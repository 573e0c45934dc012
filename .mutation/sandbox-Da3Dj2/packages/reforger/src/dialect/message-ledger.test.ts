// @ts-nocheck
import { encodeText } from '@bercon/core/kit'
import { expect, test } from 'vitest'
import { MessageLedger } from './message-ledger.js'
import { sortMessage } from './sorted-message.js'

function add(ledger: MessageLedger, number: number, text: string): void {
  ledger.add(sortMessage({ type: 'message', bytes: encodeText(text), sequence: number % 256, number }))
}

const LINE = 'Connected to BE Master'

test('messages missing after the last output are unsure until they arrive', () => {
  const ledger = new MessageLedger()
  add(ledger, 0, 'output')
  add(ledger, 3, LINE)
  expect([ledger.newest, ledger.unsure]).toEqual([3, [1, 2]])
  add(ledger, 2, LINE)
  expect(ledger.unsure).toEqual([1])
  add(ledger, 4, 'output')
  expect(ledger.unsure).toEqual([])
})

test('no message is missing before the first', () => {
  const ledger = new MessageLedger()
  add(ledger, 77, LINE)
  expect(ledger.unsure).toEqual([])
})

test('messages that a server can no longer send are not awaited, however many there are', () => {
  const ledger = new MessageLedger()
  add(ledger, 0, LINE)
  add(ledger, 1_000_000, LINE)
  expect(ledger.unsure.length).toBeLessThanOrEqual(256)
  for (let number = 1_000_001; number < 1_000_300; number++) add(ledger, number, LINE)
  expect(ledger.unsure).toEqual([])
})
