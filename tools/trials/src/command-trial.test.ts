import { describe, expect, it } from 'vitest'
import { runCommandTrial } from './command-trial.js'

const COMMANDS = 3_000

describe.each([
  ['recognizes repeats', true],
  ['carries out every copy', false],
])('at a server that %s, with 30 % loss in each direction', (_, recognizeRepeats) => {
  describe.each([
    ['each with a text of its own', false],
    ['all with one text', true],
  ])('commands, %s,', (_, sameText) => {
    const trial = { seed: sameText ? 1 : 2, commands: COMMANDS, loss: 0.3, recognizeRepeats, sameText }

    it('that are sent again get one reply each, their own', () => {
      const result = runCommandTrial({ ...trial, resend: true })
      expect(result).toMatchObject({ answered: COMMANDS, wrong: 0, loginKept: true })
      expect(result.executions).toBeGreaterThanOrEqual(COMMANDS)
    })

    it('that are sent once are executed at most once, and settle once each', () => {
      const result = runCommandTrial({ ...trial, resend: false })
      expect(result).toMatchObject({ wrong: 0, loginKept: true })
      expect(result.answered + result.unknown + result.inPart).toBe(COMMANDS)
      expect(result.answered).toBeGreaterThan(0)
      expect(result.unknown).toBeGreaterThan(0)
      expect(result.executions).toBeGreaterThanOrEqual(result.answered + result.inPart)
      expect(result.executions).toBeLessThanOrEqual(COMMANDS)
      if (!sameText) expect(result.executedAgain).toBe(0)
    })
  })
})

it('the same seed produces the same trace, another seed another', () => {
  const trial = { commands: 500, loss: 0.3, resend: true, recognizeRepeats: true, sameText: false }
  const trace = (seed: number) => runCommandTrial({ ...trial, seed }).trace
  expect(trace(6)).toBe(trace(6))
  expect(trace(6)).not.toBe(trace(7))
})
