// @ts-nocheck
import { encodeText } from '@bercon/core/kit'
import { expect, test } from 'vitest'
import { RconDetection } from './rcon-detection.js'

function detection(rcon: 'auto' | 'built-in' | 'battleye' = 'auto'): RconDetection {
  return new RconDetection({ rcon, detectionDelayMs: 3_000 })
}

function hear(by: RconDetection, text: string): RconDetection {
  by.receiveMessage({ type: 'message', bytes: encodeText(text), sequence: 0, number: 0 })
  return by
}

test.each([
  ['Logged In! Client ID: #0', 'built-in'],
  ['Processing Command: players', 'built-in'],
  ['RCon admin #0 (192.0.2.1:2304) logged in', 'battleye'],
  ['(Side) Ann: hi', undefined],
])('%j identifies %s', (text, rcon) => {
  expect(hear(detection(), text).rcon).toBe(rcon)
})

test('the first message that identifies it decides', () => {
  const by = hear(hear(detection(), 'Logged In! Client ID: #0'), 'RCon admin #0 (192.0.2.1:2304) logged in')
  expect(by.rcon).toBe('built-in')
})

test('without such a message, players is sent once', () => {
  const by = detection()
  by.loggedIn(100)
  expect([by.probeAt, by.takeProbe(3_099), by.takeProbe(3_100), by.takeProbe(9_999)]).toEqual([
    3_100,
    false,
    true,
    false,
  ])
  by.receivePlayersReply(encodeText(''))
  expect(by.rcon).toBe('built-in')
})

test('if it is identified in time, or set, players is not sent', () => {
  const by = detection()
  by.loggedIn(0)
  expect(hear(by, 'Logged In! Client ID: #0').probeAt).toBe(Number.POSITIVE_INFINITY)
  const set = detection('battleye')
  set.loggedIn(0)
  expect([set.rcon, set.probeAt]).toEqual(['battleye', Number.POSITIVE_INFINITY])
})
