// `pnpm explore [STATES] [WALKS] [KIND]`: every schedule of some small worlds, as far as that many states reach, then
// random walks through large ones.
import { shown } from './diagram.js'
import { type Counterexample, explore } from './explorer.js'
import { HARSH, walk } from './walks.js'
import type { NewWorld } from './world.js'
import {
  CONNECTION_WORLDS,
  FLEET_WORLDS,
  REMOTE_WORLDS,
  SESSION_WORLDS,
  WALKED_CONNECTION,
  WALKED_FLEET,
  WALKED_REMOTE,
  WALKED_SESSION,
} from './worlds.js'

const [states = 300_000, walks = 2_000] = process.argv.slice(2, 4).map(Number)
const only = process.argv[4]
const UNLIMITED_DEPTH = 1_000
// A step of a connection costs some ten times as much as one of a session, and one of a fleet a hundred times.
const [CONNECTION_SHARE, FLEET_SHARE] = [10, 100]

await exploreAll('session', 'SESSION_WORLDS', SESSION_WORLDS, states)
await exploreAll('connection', 'CONNECTION_WORLDS', CONNECTION_WORLDS, states / 3)
await exploreAll('remote', 'REMOTE_WORLDS', REMOTE_WORLDS, states / 3)
await exploreAll('fleet', 'FLEET_WORLDS', FLEET_WORLDS, states / 15)
await walkAll('session', 'WALKED_SESSION', WALKED_SESSION, walks)
await walkAll('connection', 'WALKED_CONNECTION', WALKED_CONNECTION, walks / CONNECTION_SHARE)
await walkAll('remote', 'WALKED_REMOTE', WALKED_REMOTE, walks / CONNECTION_SHARE)
await walkAll('fleet', 'WALKED_FLEET', WALKED_FLEET, walks / FLEET_SHARE)

async function exploreAll<Choice>(
  kind: string,
  constant: string,
  worlds: Readonly<Record<string, NewWorld<Choice>>>,
  most: number,
): Promise<void> {
  if (only !== undefined && only !== kind) return
  for (const [name, newWorld] of Object.entries(worlds)) {
    const since = performance.now()
    const found = await explore(newWorld, { depth: UNLIMITED_DEPTH, states: most })
    const end = found.isComplete
      ? 'every schedule'
      : `every schedule of ${found.depth} steps, and a part of those of ${found.depth + 1}`
    console.log(
      `${kind}: ${name}: ${end}; ${found.states} states, ${found.again} reached again another way, ${secondsSince(since)} s`,
    )
    await check(newWorld, `${constant}[${JSON.stringify(name)}]`, found.counterexample)
  }
}

async function walkAll<Choice extends { readonly do: string }>(
  kind: string,
  constant: string,
  newWorld: NewWorld<Choice>,
  most: number,
): Promise<void> {
  if (only !== undefined && only !== kind) return
  const since = performance.now()
  let [count, commands, logins, longestDelayMs] = [0, 0, 0, 0]
  for (let seed = 1; seed <= most; seed++) {
    const walked = await walk(newWorld, seed, HARSH)
    await check(newWorld, constant, walked.counterexample)
    count++
    commands += walked.world.ledger.commands.length
    logins += walked.world.ledger.client.logins
    longestDelayMs = Math.max(longestDelayMs, walked.longestDelayMs)
  }
  console.log(
    `${kind}: ${count} walks of ${HARSH.steps} steps, ${commands} commands over ${logins} logins, longest delay ${Math.round(longestDelayMs / 1_000)} s, ${secondsSince(since)} s: no promise broken`,
  )
}

function secondsSince(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(0)
}

async function check<Choice>(
  newWorld: NewWorld<Choice>,
  name: string,
  counterexample: Counterexample<Choice> | undefined,
): Promise<void> {
  if (counterexample === undefined) return
  console.log(await shown(newWorld, name, counterexample))
  process.exit(1)
}
