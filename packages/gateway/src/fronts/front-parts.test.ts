import { VirtualClock } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import { Audit } from '../audit/audit.js'
import { StrangerLog } from './front-parts.js'

it('writes down strangers, but no more than they may use of the audit in a minute', () => {
  const clock = new VirtualClock()
  const codes: string[] = []
  let reports = 0
  const lines = {
    append: (line: string) => {
      codes.push(...line.split('\n').map((entry) => JSON.parse(entry).code))
    },
    close: () => {},
  }
  const strangers = new StrangerLog(new Audit(lines, clock), clock, () => reports++)
  const flood = () => {
    for (let guess = 0; guess < 1_000; guess++)
      strangers.note({ front: 'battleye', from: `192.0.2.1:${guess}`, server: 'altis' })
    clock.advance(0)
  }
  flood()
  expect(codes).toEqual([...Array.from({ length: 100 }, () => 'unauthorized'), 'too-many-attempts'])
  expect(reports).toBe(101)
  clock.advance(60_000)
  flood()
  expect(codes).toHaveLength(202)
})
