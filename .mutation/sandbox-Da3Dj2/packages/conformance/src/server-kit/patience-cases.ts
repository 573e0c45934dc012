// @ts-nocheck
import { judge } from '../case.js'
import type { ServerCase } from './server-world.js'

/** P7: how long a silent client stays logged in. */
export const PATIENCE_CASES: readonly ServerCase[] = [
  {
    id: 'keeps-silent-client',
    rule: 'P7',
    level: 'must',
    title: 'A client that is silent for 40 s stays logged in',
    right: 'answers its next command',
    needs: 'time',
    async run(world) {
      const probe = await world.loggedIn()
      await probe.ask(0, '')
      await world.sleep(40_000)
      const reply = await probe.ask(1, '')
      return judge(reply !== undefined, 'answered it', 'had dropped it')
    },
  },
  {
    id: 'drops-silent-client',
    rule: 'P7',
    level: 'should',
    title: 'A client without a command for 60 s is dropped',
    right: 'answers no command of it; acknowledgments do not keep a login',
    needs: 'time',
    async run(world) {
      const probe = await world.loggedIn()
      await probe.ask(0, '')
      for (let passed = 0; passed < 60; passed += 5) {
        await world.sleep(5_000)
        probe.acknowledge(0)
      }
      const reply = await probe.ask(1, '')
      return judge(reply === undefined, 'had dropped it', 'still answered it')
    },
  },
]
