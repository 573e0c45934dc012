// A program for any runtime with Node's sockets and threads: `main.js promise`, `observable` or `blocking`. It closes
// what it opened: a process that does not end by itself is a failure too.
import { inspect } from 'node:util'
import { type Flavor, Scene } from '@bercon/contract/scene'
import type { Kind, RconClient } from '@bercon/core'
import { COMMAND_CHECKS } from './command-checks.js'
import type { Check } from './flavors.js'
import { BLOCKING, OBSERVABLE, PROMISE } from './flavors.js'
import { BLOCKING_CHECKS, LIFE_CHECKS, PENDING_CHECKS } from './life-checks.js'
import { LOGIN_CHECKS } from './login-checks.js'
import { MESSAGE_CHECKS } from './message-checks.js'

const CHECKS: readonly Check[] = [...LOGIN_CHECKS, ...COMMAND_CHECKS, ...MESSAGE_CHECKS, ...LIFE_CHECKS]

async function runChecks<K extends Kind, C extends RconClient<K>>(
  flavor: Flavor<K, C>,
  checks: readonly Check[],
): Promise<void> {
  const scene = new Scene(flavor)
  let failed = 0
  for (const { name, run } of checks) {
    await scene.restart()
    try {
      await run(scene)
      console.log(`ok      ${name}`)
    } catch (error) {
      failed++
      console.log(`FAILED  ${name}\n${inspect(error)}`)
    }
    await scene.closeClients()
  }
  await scene.end()
  process.exitCode = failed === 0 ? 0 : 1
  console.log(`${checks.length - failed} passed, ${failed} failed`)
}

const [wanted] = process.argv.slice(2)
if (wanted === 'promise') await runChecks(PROMISE, [...CHECKS, ...PENDING_CHECKS])
else if (wanted === 'observable') await runChecks(OBSERVABLE, [...CHECKS, ...PENDING_CHECKS])
else if (wanted === 'blocking') await runChecks(BLOCKING, [...CHECKS, ...BLOCKING_CHECKS])
else throw new Error(`the flavor of client must be promise, observable or blocking, but is ${wanted}`)
