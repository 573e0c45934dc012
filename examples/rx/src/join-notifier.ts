import { connectRcon, visibleText } from '@bercon/rx'
import { startSimulator } from '@bercon/simulator'
import { debounceTime, groupBy, ignoreElements, merge, mergeMap, switchMap, take, tap, toArray } from 'rxjs'

const SETTLED_MS = 300

const password = 'correct-horse'
const simulator = await startSimulator({ password, bots: false })
const { address: host, port, world } = simulator
world.join({ name: 'Zoe' })

function play(): void {
  world.join({ name: 'Ann' })
  world.leave(world.join({ name: 'Bob' }))
  world.leave(world.join({ name: 'Cat' }))
  world.join({ name: 'Bob' })
}

try {
  const changes$ = connectRcon({ host, port, password }).pipe(
    // Players on the first list were there before, and are not reported.
    switchMap((client) =>
      merge(client.joinsAndLeaves$, client.events('players').pipe(take(1), tap(play), ignoreElements())),
    ),
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
  await simulator.close()
}
