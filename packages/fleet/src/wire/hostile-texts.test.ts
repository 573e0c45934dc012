import { CommandTimeoutError } from '@bercon/client'
import { idleStatistics } from '@bercon/core/kit'
import { createRandom } from '@bercon/protocol/link'
import { describe, expect, it } from 'vitest'
import { answerText, commandText, readAnswer, readCommand } from './command-message.js'
import { eventText, readEvent } from './server-event.js'
import { readMember, readReport, reportText, type WorkerReport } from './worker-report.js'

const command = { epoch: 7, request: { text: 'players', resend: true }, timeoutMs: 9_000 }
const event = {
  epoch: 7,
  number: 3,
  event: { type: 'message', at: 5, text: 'hello', sequence: 1, number: 1 },
} as const
const report: WorkerReport = {
  worker: 'w1',
  capacity: 10,
  owned: 1,
  leaseMs: 6_000,
  servers: [
    { name: 'altis', epoch: 7, state: 'connected', address: '192.0.2.1', statistics: idleStatistics() },
  ],
  released: [{ name: 'tanoa', epoch: 6 }],
  leaves: false,
}

describe('what is sent is read again', () => {
  it('a command', () => {
    expect(readCommand(commandText(command))).toEqual(command)
  })

  it('an event', () => {
    expect(readEvent(eventText(event))).toEqual(event)
  })

  it('a report', () => {
    expect(readReport(reportText(report))).toEqual(report)
  })

  it('an answer, with an error of the same class', () => {
    const facts = { command: 'x', attempts: 1, elapsedMs: 9, outcome: 'executed', resend: false } as const
    const error = new CommandTimeoutError(facts)
    expect(readAnswer(answerText(7, { type: 'answered', text: 'ok' }))).toEqual({
      type: 'answered',
      text: 'ok',
    })
    expect(readAnswer(answerText(8, { type: 'refused', epoch: 8 }))).toEqual({ type: 'refused', epoch: 8 })
    expect(readAnswer(answerText(7, { type: 'failed', error }))).toMatchObject({
      type: 'failed',
      error: { code: 'command-timeout', outcome: 'executed' },
    })
  })
})

const READERS = { readCommand, readEvent, readReport, readMember, readAnswer }
const TEXTS = [
  commandText(command),
  eventText(event),
  reportText(report),
  answerText(7, { type: 'failed', error: new Error('x') }),
  '7 {"type":"answer","id":1,"error":{"code":"command-timeout","name":"x","message":"m","facts":{"command":1}}}',
]
const JUNK = [
  'null',
  '[]',
  '{}',
  '1e999',
  '-1',
  '"',
  '\u0000',
  '{"__proto__":1}',
  'true',
  ',',
  ':',
  '9'.repeat(30),
]

describe.each(Object.entries(READERS))('%s', (_, read) => {
  it('never throws, whatever comes', () => {
    const random = createRandom(11)
    const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T
    for (let count = 0; count < 20_000; count++) {
      let text = pick(TEXTS)
      for (let changes = 1 + random() * 3; changes > 0; changes--) {
        const at = Math.floor(random() * text.length)
        text = text.slice(0, at) + pick(JUNK) + text.slice(at + Math.floor(random() * 6))
      }
      read(text)
    }
    expect(read('')).toBeUndefined()
  })
})
