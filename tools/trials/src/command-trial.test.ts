import { expect, it } from 'vitest'
import { runCommandTrial } from './command-trial.js'

const COMMANDS = 5_000

it.each([1, 2, 3])(
  'every command is answered once and executed once over 30 % loss each way, seed %i',
  (seed) => {
    const result = runCommandTrial({ seed, commands: COMMANDS, loss: 0.3, resend: true })
    expect(result).toMatchObject({ answered: COMMANDS, executedOnce: COMMANDS, executedAgain: 0, wrong: 0 })
    expect(result.loginKept).toBe(true)
  },
)

it.each([4, 5])(
  'a command that is sent once is executed at most once where repeats are not recognised, seed %i',
  (seed) => {
    const result = runCommandTrial({ seed, commands: COMMANDS, loss: 0.3, resend: false })
    expect(result).toMatchObject({ executedAgain: 0, wrong: 0, loginKept: true })
    expect(result.answered + result.unknown + result.inPart).toBe(COMMANDS)
    expect(result.answered).toBeGreaterThan(0)
    expect(result.unknown).toBeGreaterThan(0)
  },
)

it('the same seed gives the same trace, another seed another', () => {
  const trace = (seed: number) => runCommandTrial({ seed, commands: 500, loss: 0.3, resend: true }).trace
  expect(trace(6)).toBe(trace(6))
  expect(trace(6)).not.toBe(trace(7))
})
