import { codeOf, connectRcon, visibleText } from '@bercon/rx'
import { startSimulator } from '@bercon/simulator'
import { catchError, EMPTY, map, merge, retry, switchMap, take, tap, throwError, timer } from 'rxjs'

const [password, host] = ['correct-horse', '127.0.0.1']
const altis = await startSimulator({ password, bots: false })
const dead = await startSimulator({ password })
await dead.close() // its port answers no more
const servers = [
  { name: 'dead', host, port: dead.port, password },
  { name: 'locked', host, port: altis.port, password: 'wrong' },
  { name: 'altis', host, port: altis.port, password },
]

/** A second, then twice as long each time, up to 30 s. A server locks out clients that repeat a wrong password. */
function delay(error: unknown, attempt: number) {
  const isFinal = ['login-refused', 'invalid-argument'].includes(String(codeOf(error)))
  return isFinal ? throwError(() => error) : timer(Math.min(1_000 * 2 ** (attempt - 1), 30_000))
}

const chat$ = servers.map(({ name, ...target }) =>
  connectRcon(target).pipe(
    retry({ delay }),
    tap(() => altis.world.chat(altis.world.join({ name: 'Ann' }), 'Side', 'hello')), // only on the simulator
    switchMap((client) => client.chat$),
    map((event) => `${name}: ${event.name} says ${event.message}`),
    catchError((error) => {
      console.log(`${name}: ${codeOf(error)}`)
      return EMPTY // the others go on
    }),
  ),
)
await merge(...chat$)
  .pipe(take(1)) // leave this out, and the bot runs until you stop it
  .forEach((line) => {
    console.log(visibleText(line))
  })
await altis.close()
