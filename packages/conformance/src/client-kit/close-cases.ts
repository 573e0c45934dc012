import { judge, wrong } from '../case.js'
import { type ClientCase, inWords } from './client-world.js'

const CLOSED_MS = 3_000

/** Defects 11 and 13: ending the connection. */
export const CLOSE_CASES: readonly ClientCase[] = [
  {
    id: 'close',
    rule: 'W2',
    level: 'must',
    title: 'A closed client is silent',
    right: 'reports "closed" within 3 s, and sends nothing more',
    async run(world) {
      await world.loggedIn()
      await world.ask('players')
      if (!(await world.closed(CLOSED_MS))) return wrong('did not report it')
      await world.sleep(500)
      const before = world.server.received.length
      world.server.message(0, 'afterward')
      await world.sleep(3_000)
      const more = world.server.received.length - before
      return judge(more === 0, 'was silent', `sent ${more} datagrams`)
    },
  },
  {
    id: 'close-settles',
    rule: 'defect 11',
    level: 'must',
    title: 'A command that waits settles when the client is closed',
    right: 'reports a failure within 3 s',
    needs: 'concurrency',
    async run(world) {
      await world.loggedIn()
      world.server.onCommand = () => {}
      const id = world.order('question', { resend: true })
      if ((await world.server.command('question', 5_000)) === undefined) return wrong('did not send it')
      if (!(await world.closed(CLOSED_MS))) return wrong('did not report "closed"')
      const outcome = await world.outcome(id, CLOSED_MS)
      return judge(outcome?.report === 'failure', 'reported a failure', inWords(outcome))
    },
  },
  {
    id: 'close-while-logging-in',
    rule: 'defect 13',
    level: 'must',
    title: 'A client can be closed while it logs in',
    right: 'reports "closed" within 3 s, and sends no further login',
    needs: 'concurrency',
    async run(world) {
      world.server.onLogin = () => undefined
      world.orderLogin()
      if (!(await world.started())) return wrong('sent no login')
      if (!(await world.closed(CLOSED_MS))) return wrong('did not report it')
      await world.sleep(500)
      const before = world.server.received.length
      await world.sleep(5_000)
      const more = world.server.received.length - before
      return judge(more === 0, 'reported it and sent none', `sent ${more} more datagrams`)
    },
  },
]
