import { runCommandTrial } from './command-trial.js'
import { runForgottenTrial } from './forgotten-trial.js'
import { runListTrial } from './list-trial.js'
import { runMessageTrial } from './message-trial.js'
import { runFalseAlarmTrial, runRestartTrial } from './silence-trial.js'
import { runSlowServerTrial } from './slow-server-trial.js'

const seeds = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1]
let failed = false

function report(name: string, run: () => object & { readonly good: boolean }): void {
  const start = performance.now()
  const { good, ...figures } = run()
  failed ||= !good
  console.log(`${good ? 'good' : 'BAD '} ${name}: ${((performance.now() - start) / 1_000).toFixed(1)} s`)
  console.log(`     ${JSON.stringify(figures)}`)
}

for (const seed of seeds) {
  for (const sameText of [false, true]) {
    for (const resend of [true, false]) {
      for (const recognizeRepeats of [true, false]) {
        const texts = sameText ? 'all with one text' : 'all different'
        const server = recognizeRepeats ? 'repeats recognized' : 'every copy carried out'
        const sent = resend ? 'resend' : 'sent once'
        report(`100,000 commands, ${texts}, 30 % loss each way, ${sent}, ${server}, seed ${seed}`, () => {
          const commands = 100_000
          const result = runCommandTrial({ seed, commands, loss: 0.3, resend, recognizeRepeats, sameText })
          const settled = result.answered + result.unknown + result.inPart === commands && result.wrong === 0
          const executed = resend
            ? result.answered === commands && result.executions >= commands
            : result.executions <= commands && !((result.executedAgain ?? 0) > 0)
          return { ...result, good: settled && executed && result.loginKept }
        })
      }
    }
  }
  for (const loss of [0.05, 0.15, 0.3]) {
    for (const changeEveryMs of [10_000, 3_000]) {
      const name = `3,000 lists that change every ${changeEveryMs / 1_000} s, ${loss * 100} % loss each way, seed ${seed}`
      report(name, () => {
        const lists = 3_000
        const result = runListTrial({ seed, lists, loss, changeEveryMs })
        const isRight = result.silentlyWrong === 0 && result.noticed === 0
        return { ...result, good: isRight && result.timedOut < 0.02 * lists }
      })
    }
  }
  for (const loss of [0.1, 0.3]) {
    for (const sameText of [false, true]) {
      report(
        `100,000 messages, ${loss * 100} % loss each way, ${sameText ? 'one text' : 'all different'}, seed ${seed}`,
        () => {
          const messages = 100_000
          const result = runMessageTrial({ seed, messages, loss, sameText })
          const all = result.delivered === messages && result.acknowledged === messages && result.wrong === 0
          return { ...result, good: all && result.loginKept }
        },
      )
    }
  }
  for (const isMeasured of [true, false]) {
    const link = isMeasured ? 'round trip measured' : 'nothing measured'
    for (const [commands, slowMs] of [
      [30, 12_000],
      [2, 25_000],
    ] as const) {
      report(`${commands} commands that take ${slowMs / 1_000} s each, ${link}, seed ${seed}`, () => {
        const result = runSlowServerTrial({ seed, commands, server: 'busy', slowMs, isMeasured })
        return { ...result, good: result.answered === commands && result.loginKept }
      })
    }
    report(`30 commands at a server that hangs for 12 s, ${link}, seed ${seed}`, () => {
      const result = runSlowServerTrial({ seed, commands: 30, server: 'hung', slowMs: 12_000, isMeasured })
      return { ...result, good: result.answered === 30 && result.repeats <= 15 && result.loginKept }
    })
  }
  for (const loss of [0.1, 0.3]) {
    const link = { loss, minDelayMs: 15, maxDelayMs: 60 }
    report(`1,000 hours idle, ${loss * 100} % loss each way, seed ${seed}`, () => {
      const result = runFalseAlarmTrial({ seed, link }, 1_000)
      return { ...result, good: result.unresponsive === 0 && result.forgotten === 0 }
    })
    report(`a server restarts under an idle client, ${loss * 100} % loss each way, seed ${seed}`, () => {
      const result = runRestartTrial({ seed, link })
      const isSoon = result.unresponsiveAfterMs <= 20_000 && result.forgottenAfterMs <= 30_000
      return { ...result, good: isSoon }
    })
  }
  for (const load of ['idle', 'busy'] as const) {
    report(`a server that keeps P9 forgets, 30 % loss each way, ${load}, seed ${seed}`, () =>
      runForgottenTrial({ seed, load }),
    )
  }
}
process.exitCode = failed ? 1 : 0
