import { runCommandTrial } from './command-trial.js'
import { runForgottenTrial } from './forgotten-trial.js'
import { runMessageTrial } from './message-trial.js'

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
  for (const resend of [true, false]) {
    report(`100,000 commands, 30 % loss each way, ${resend ? 'resend' : 'sent once'}, seed ${seed}`, () => {
      const commands = 100_000
      const result = runCommandTrial({ seed, commands, loss: 0.3, resend })
      const settled = result.answered + result.unknown + result.inPart === commands && result.wrong === 0
      const executed = resend
        ? result.executedOnce + result.executedAgain === commands
        : result.executedAgain === 0
      return {
        ...result,
        good: settled && executed && result.loginKept && (!resend || result.answered === commands),
      }
    })
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
  for (const load of ['idle', 'busy'] as const) {
    report(`a server that keeps P9 forgets, 30 % loss each way, ${load}, seed ${seed}`, () =>
      runForgottenTrial({ seed, load }),
    )
  }
}
process.exitCode = failed ? 1 : 0
