import { connectRcon, joinsAndLeaves, visibleText } from '@bercon/rx'
import { startSimulator } from '@bercon/server/simulator'
import { debounceTime, groupBy, mergeMap, switchMap, take, tap, toArray } from 'rxjs'

const SETTLED_MS = 300

const password = 'correct-horse'
const { address: host, port, world, close } = await startSimulator({ password, bots: false })
world.join({ name: 'Zoe' })

function play(): void {
  world.join({ name: 'Ann' })
  world.leave(world.join({ name: 'Bob' }))
  world.leave(world.join({ name: 'Cat' }))
  world.join({ name: 'Bob' })
}

try {
  const changes$ = connectRcon({ host, port, password }).pipe(
    // Who is there before is asked first, so that nobody of them counts as new.
    switchMap((client) =>
      client.fetchPlayers().pipe(
        tap(play),
        switchMap(() => client.players$),
      ),
    ),
    joinsAndLeaves(),
    groupBy(({ player }) => player.name, { duration: (changes$) => changes$.pipe(debounceTime(SETTLED_MS)) }),
    mergeMap((changes$) => changes$.pipe(toArray())),
    // An even number of changes is none: Cat looked in and was gone again.
    mergeMap((changes) => (changes.length % 2 === 1 ? changes.slice(-1) : [])),
    take(2),
  )
  await changes$.forEach(({ kind, player }) => {
    console.log(visibleText(kind === 'join' ? `+ ${player}` : `- ${player}`))
  })
} finally {
  await close()
}
