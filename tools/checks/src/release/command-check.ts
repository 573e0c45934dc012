import { startSimulator } from '@bercon/simulator'
import { runWell } from '../ended-process.js'

/** Asks a simulated server for its players with the installed `bercon`. @throws when they are not told. */
export async function checkCommand(project: string): Promise<void> {
  const simulator = await startSimulator({ password: 'hunter2', bots: false })
  simulator.world.join({ name: 'Ann' })
  const output = await runWell(['npx', '--no-install', 'bercon', 'players', '--format', 'json'], {
    cwd: project,
    env: { RCON_PORT: String(simulator.port), RCON_PASSWORD: 'hunter2' },
    limitMs: 30_000,
  })
  await simulator.close()
  if (!output.includes('"Ann"')) throw new Error(`bercon players does not tell of Ann\n${output}`)
}
