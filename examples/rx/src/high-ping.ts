import { connectRcon, type Player, pollPlayers, visibleText } from '@bercon/rx'
import { startSimulator } from '@bercon/simulator'
import { bufferCount, debounceTime, filter, groupBy, map, mergeMap, take } from 'rxjs'

const MAX_PING = 250
const SAMPLES = 5
const INTERVAL_MS = 50 // a real server: 10_000

const password = 'correct-horse'
const simulator = await startSimulator({ password, bots: false })
const { address: host, port, world } = simulator
world.join({ name: 'Ann', ping: 40 })
world.join({ name: 'Bob', ping: 300 })

function average(views: readonly Player[]): number {
  return views.reduce((sum, { ping }) => sum + ping, 0) / views.length
}

try {
  const kicked$ = connectRcon({ host, port, password }).pipe(
    pollPlayers(INTERVAL_MS),
    mergeMap((players) => players.filter(({ ping }) => ping >= 0)), // -1: not measured yet
    // A group is one player while they are listed.
    groupBy(({ id, guid }) => guid ?? id, {
      duration: (views$) => views$.pipe(debounceTime(3 * INTERVAL_MS)),
    }),
    mergeMap((views$) => views$.pipe(bufferCount(SAMPLES, 1))),
    filter((views) => views.length === SAMPLES && average(views) > MAX_PING),
    mergeMap((views) => views.slice(-1)),
    mergeMap((player) => player.kick('ping too high').pipe(map(() => player))),
    take(1),
  )
  await kicked$.forEach((player) => {
    console.log(visibleText(`${player} was kicked, ping ${player.ping}`))
  })
} finally {
  await simulator.close()
}
