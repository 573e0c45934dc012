import { connectRcon, visibleText } from '@bercon/rx'
import { startSimulator } from '@bercon/simulator'
import { auditTime, switchMap, take } from 'rxjs'

const password = 'correct-horse'
const simulator = await startSimulator({ password, joinIntervalMs: 100 })
try {
  const tables$ = connectRcon({ host: simulator.address, port: simulator.port, password }).pipe(
    switchMap((client) => client.players$),
    auditTime(250), // at most four tables a second, however much changes
    take(3), // then logs out
  )
  await tables$.forEach((players) => {
    console.table(
      players.map(({ id, name, ping, inLobby }) => ({ id, name: visibleText(name), ping, inLobby })),
    )
  })
} finally {
  await simulator.close()
}
