// A process of simulated servers, of which the soak of the fleet runs one: it reports their ports, and at the end which
// commands they have executed and who is logged in.
import { startSimulator } from '@bercon/simulator'

const [COUNT, LINE_MS] = [Number(process.argv[2]), Number(process.argv[3])]
const executed: Record<string, number> = {}

const simulators = await Promise.all(
  Array.from({ length: COUNT }, () =>
    startSimulator({
      password: 'hunter2',
      bots: false,
      onGameCommand: (command) => {
        executed[command] = (executed[command] ?? 0) + 1
      },
    }),
  ),
)
let line = 0
// Spread over the time, as the lines of many servers are.
const perTick = Math.max(1, Math.round(COUNT / 50))
setInterval(() => {
  for (let count = 0; count < perTick; count++) {
    const index = line++ % COUNT
    simulators[index]?.world.emit(`soak line ${line}`)
  }
}, LINE_MS / 50)

process.on('message', () =>
  process.send?.({ executed, logins: simulators.map(({ world }) => world.admins.map(({ port }) => port)) }),
)
process.send?.({ ports: simulators.map(({ port }) => port) })
