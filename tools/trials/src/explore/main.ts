// `pnpm explore [STATES] [WALKS]`: every schedule of some small worlds, as far as that many states reach, then random
// walks through a large one.
import { runConnectionTrial } from './connection-world.js'
import { shown } from './diagram.js'
import { explore } from './explorer.js'
import { brokenPromise } from './promises.js'
import { SessionWorld } from './session-world.js'
import { walk } from './walks.js'
import { newWorld, WALKED, WORLDS } from './worlds.js'

const states = Number(process.argv[2] ?? 300_000)
const walks = Number(process.argv[3] ?? 2_000)
const HARSH = { steps: 1_500, loss: 0.6, jumps: 0.1, jumpMs: 60_000 }
const UNLIMITED_DEPTH = 1_000

for (const [name, limits] of Object.entries(WORLDS)) {
  const since = performance.now()
  const found = explore(() => newWorld(limits), { depth: UNLIMITED_DEPTH, states })
  const seconds = ((performance.now() - since) / 1_000).toFixed(0)
  const end = found.isComplete
    ? 'every schedule'
    : `every schedule of ${found.depth} steps, and a part of those of ${found.depth + 1}`
  console.log(
    `${name}: ${end}; ${found.states} states, ${found.again} reached again another way, ${seconds} s`,
  )
  if (found.counterexample !== undefined) fail(() => newWorld(limits), name, found.counterexample)
}

const since = performance.now()
for (let seed = 1; seed <= walks; seed++) {
  const found = walk(() => new SessionWorld(WALKED), seed, HARSH)
  if (found !== undefined) fail(() => new SessionWorld(WALKED), 'walked', found)
}
console.log(
  `${walks} walks of ${HARSH.steps} steps, ${((performance.now() - since) / 1_000).toFixed(0)} s: no promise broken`,
)

const connections = Math.ceil(walks / 10)
const sinceConnections = performance.now()
let [commands, logins] = [0, 0]
for (let seed = 1; seed <= connections; seed++) {
  const ledger = await runConnectionTrial({ seed, steps: 2_000, loss: 0.4, crashes: 0.01 })
  const broken = brokenPromise(ledger)
  if (broken !== undefined) {
    console.log(`BROKEN by a connection, seed ${seed}: ${broken.promise}\n        ${broken.breach}`)
    process.exit(1)
  }
  commands += ledger.commands.length
  logins += ledger.client.logins
}
const seconds = ((performance.now() - sinceConnections) / 1_000).toFixed(0)
console.log(
  `${connections} connections, ${commands} commands over ${logins} logins, ${seconds} s: no promise broken`,
)

function fail(
  world: Parameters<typeof shown>[0],
  name: string,
  counterexample: Parameters<typeof shown>[2],
): never {
  console.log(shown(world, name, counterexample))
  process.exit(1)
}
