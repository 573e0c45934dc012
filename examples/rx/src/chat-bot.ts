import { chatCommand, connectRcon, visibleText } from '@bercon/rx'
import { startSimulator } from '@bercon/simulator'
import { groupBy, map, mergeMap, switchMap, take, tap, timer } from 'rxjs'

const ANSWERS = { help: 'ask !rules', rules: 'be kind' }
const COMMANDS = 1
const PER_MS = 5_000

const password = 'correct-horse'
const simulator = await startSimulator({ password, bots: false })
const { address: host, port, world } = simulator

function play(): void {
  const [ann, bob] = [world.join({ name: 'Ann' }), world.join({ name: 'Bob' })]
  world.chat(ann, 'Side', '!help')
  world.chat(ann, 'Side', '!help me, I said')
  world.chat(bob, 'Global', 'what is !rules?')
  world.chat(bob, 'Global', '!rules')
}

try {
  const answered$ = connectRcon({ host, port, password }).pipe(
    tap(play),
    switchMap((client) => client.chat$),
    chatCommand('!', 'help', 'rules'),
    // A group is one player's commands for this time; those beyond the limit are dropped.
    groupBy(({ player }) => player.id, { duration: () => timer(PER_MS) }),
    mergeMap((commands$) => commands$.pipe(take(COMMANDS))),
    mergeMap(({ name, player, reply }) => reply(ANSWERS[name]).pipe(map(() => ({ name, player })))),
    take(2),
  )
  await answered$.forEach(({ name, player }) => {
    console.log(visibleText(`${player} received: ${ANSWERS[name]}`))
  })
} finally {
  await simulator.close()
}
