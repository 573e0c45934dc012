import { VirtualClock } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import { Audit } from '../audit/audit.js'
import { StrangerLog } from './front-parts.js'

it('writes down strangers, but no more than they may use of the audit in a minute', () => {
  const clock = new VirtualClock()
  const codes: string[] = []
  const reports: object[] = []
  const lines = {
    append: (line: string) => {
      const entries = line.split('\n').map((entry) => JSON.parse(entry))
      for (const entry of entries)
        expect(entry).toMatchObject({ event: 'login', outcome: 'refused', user: null, role: null })
      codes.push(...entries.map(({ code }) => code))
    },
    close: () => {},
  }
  const strangers = new StrangerLog(new Audit(lines, clock), clock, (event) => reports.push(event))
  const flood = () => {
    for (let guess = 0; guess < 1_000; guess++)
      strangers.note({ front: 'battleye', from: `192.0.2.1:${guess}`, server: 'altis' })
    clock.advance(0)
  }
  flood()
  expect(codes).toEqual([...Array.from({ length: 100 }, () => 'unauthorized'), 'too-many-attempts'])
  expect(reports).toHaveLength(101)
  expect(reports[0]).toEqual({ type: 'refused', front: 'battleye', from: '192.0.2.1:0' })
  clock.advance(60_000)
  flood()
  expect(codes).toHaveLength(202)
})
