import { expect, it } from 'vitest'
import { runCommandTrial } from './command-trial.js'

const COMMANDS = 5_000

it.each([1, 2, 3])(
  'every command is answered once with its own reply and executed at least once over 30 % loss, seed %i',
  (seed) => {
    const result = runCommandTrial({ seed, commands: COMMANDS, loss: 0.3, resend: true })
    expect(result).toMatchObject({ answered: COMMANDS, wrong: 0 })
    expect(result.executedOnce + result.executedAgain).toBe(COMMANDS)
    expect(result.loginKept).toBe(true)
  },
)

it.each([4, 5])('a command that is sent once is executed at most once, seed %i', (seed) => {
  const result = runCommandTrial({ seed, commands: COMMANDS, loss: 0.3, resend: false })
  expect(result).toMatchObject({ executedAgain: 0, wrong: 0, loginKept: true })
  expect(result.answered + result.unknown + result.inPart).toBe(COMMANDS)
  expect(result.answered).toBeGreaterThan(0)
  expect(result.unknown).toBeGreaterThan(0)
})

it('the same seed gives the same trace, another seed another', () => {
  const trace = (seed: number) => runCommandTrial({ seed, commands: 500, loss: 0.3, resend: true }).trace
  expect(trace(6)).toBe(trace(6))
  expect(trace(6)).not.toBe(trace(7))
})
