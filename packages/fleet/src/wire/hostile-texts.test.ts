import { CommandTimeoutError } from '@bercon/client'
import { idleStatistics } from '@bercon/core/kit'
import { createRandom } from '@bercon/protocol/link'
import { describe, expect, it } from 'vitest'
import { answerText, commandText, readAnswer, readCommand } from './command-message.js'
import { recordIn } from './record.js'
import { eventText, readEvent } from './server-event.js'
import { subjectsOf } from './subjects.js'
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
    expect(readEvent(eventText({ ...event, epoch: 1_234 }))?.epoch).toBe(1_234)
  })

  it('a report', () => {
    expect(readReport(reportText(report))).toEqual(report)
    expect(readReport(reportText({ ...report, owned: 0 }))?.owned).toBe(0)
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

describe('a text that is none is nothing to', () => {
  const message = JSON.stringify({ type: 'answer', id: 1, reply: 'ok' })
  const exchange = commandText(command).slice(2)

  it.each([
    '',
    'x',
    `7${exchange}`,
    ` ${exchange}`,
    `x7 ${exchange}`,
    `7x ${exchange}`,
    `-7 ${exchange}`,
    `7.5 ${exchange}`,
    `9007199254740992 ${exchange}`,
    `00000000000000007 ${exchange}`,
    `7 ${message}`,
    '7 {}',
    '7 refused',
  ])('a reader of commands: %j', (text) => {
    expect(readCommand(text)).toBeUndefined()
  })

  it('a reader of answers', () => {
    for (const text of ['', message, `7${message}`, `7 ${exchange}`, '7 {}', 'refused'])
      expect(readAnswer(text)).toBeUndefined()
  })

  it('a reader of events', () => {
    const [, rest = ''] = eventText(event).split('7 3 ')
    expect(readEvent(`7 3 ${rest}`)).toEqual(event)
    for (const text of ['', rest, `7 ${rest}`, `x 3 ${rest}`, `7 x ${rest}`, `7 3 ${message}`])
      expect(readEvent(text)).toBeUndefined()
  })

  it.each([
    ['a version', { v: 2 }],
    ['a version', { v: undefined }],
    ['a name', { worker: 7 }],
    ['a capacity', { capacity: -1 }],
    ['a capacity', { capacity: 1.5 }],
    ['a capacity', { capacity: '10' }],
    ['what it owns', { owned: null }],
    ['the life of a lease', { leaseMs: 0 }],
    ['the life of a lease', { leaseMs: '6000' }],
    ['the life of a lease', { leaseMs: [6_000] }],
    ['whether it leaves', { leaves: 'no' }],
  ])('a reader of reports, without %s as it should be: %j', (_, change) => {
    const text = JSON.stringify({ ...JSON.parse(reportText(report)), ...change })
    expect([readReport(text), readMember(text)]).toEqual([undefined, undefined])
  })

  it.each([{ servers: {} }, { released: {} }, { servers: null }, { released: undefined }])(
    'a reader of whole reports alone: %j',
    (change) => {
      const text = JSON.stringify({ ...JSON.parse(reportText(report)), ...change })
      expect([readReport(text), readMember(text)?.worker]).toEqual([undefined, 'w1'])
    },
  )

  it('a reader of reports, if it is not an object in JSON', () => {
    for (const text of ['', '{', 'null', '7', '"x"', '[1]', 'true'])
      expect([recordIn(text), readReport(text), readMember(text)]).toEqual([undefined, undefined, undefined])
  })
})

describe('what is wrong in a report is left out', () => {
  const [row] = JSON.parse(reportText(report)).servers
  const withRows = (servers: unknown, released: unknown = []) =>
    readReport(JSON.stringify({ ...JSON.parse(reportText(report)), servers, released }))

  it('a server', () => {
    const wrong = [
      null,
      7,
      'altis',
      { ...row },
      [],
      ...[null, -1, 'gone', 7, {}].map((value, index) => row.with(index, value)),
      row.with(2, ['connected']),
    ]
    expect(withRows([...wrong, row])?.servers).toEqual(report.servers)
  })

  it('a server that was given up', () => {
    const wrong = [null, 7, 'altis', ['altis', 7], {}, { name: 7, epoch: 7 }, { name: 'x', epoch: '7' }]
    const given = { name: 'tanoa', epoch: 6 }
    expect(withRows([], [...wrong, given])?.released).toEqual([given])
  })

  it('a number, which is then 0 or, as a measurement, none', () => {
    const statistics = { ...idleStatistics(), sent: 5, lastRoundTripMs: 31.5, smoothedRoundTripMs: 40 }
    const sent = reportText({ ...report, servers: [{ ...row, ...report.servers[0], statistics } as never] })
    expect(readReport(sent)?.servers[0]?.statistics).toEqual(statistics)
    expect(withRows([row.with(4, ['5', null, true])])?.servers[0]?.statistics).toEqual(idleStatistics())
  })
})

it('an answer whose error cannot be made again fails with its sentence', () => {
  const error = { code: 'command-timeout', name: 'x', message: 'too late', facts: { command: 1 } }
  const text = `7 ${JSON.stringify({ type: 'answer', id: 1, error })}`
  const answer = readAnswer(text)
  expect(answer?.type === 'failed' && answer.error.message).toBe('too late')
})

it('subjects begin with the prefix', () => {
  const { command: exec, event: events, worker, who } = subjectsOf('games')
  expect([exec('altis', 'ann'), events('altis', 'connect'), worker('w1'), who]).toEqual([
    'games.exec.altis.ann',
    'games.events.altis.connect',
    'games.workers.w1',
    'games.who',
  ])
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
