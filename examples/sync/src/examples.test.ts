import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterEach, expect, it } from 'vitest'

const PASSWORD = 'correct-horse'
let simulator: Simulator | undefined
let child: ChildProcess | undefined

afterEach(async () => {
  child?.kill('SIGKILL')
  await simulator?.close()
})

async function startGame(onGameCommand: (command: string) => void): Promise<Simulator> {
  simulator = await startSimulator({ password: PASSWORD, bots: false, onGameCommand })
  for (const name of ['Ann', 'Bob']) simulator.world.join({ name })
  return simulator
}

/** Starts a built example, with the simulator as its server. */
function startExample(name: string, port: number, args: readonly string[] = []) {
  const path = new URL(`../dist/${name}.js`, import.meta.url).pathname
  const env = { RCON_PORT: String(port), RCON_PASSWORD: PASSWORD }
  const started = spawn(process.execPath, [path, ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  child = started
  return started
}

it('the backup runs while the server is locked and empty', async () => {
  const commands: string[] = []
  const { port, world } = await startGame((command) => {
    commands.push(command)
  })
  const backup = startExample('backup', port, [process.execPath, '-p', '"copied"'])
  let wasLocked = false
  backup.stdout.once('data', () => {
    wasLocked = world.isLocked
    for (const { id } of world.players) world.leave(id)
  })
  const [output, [code]] = await Promise.all([text(backup.stdout), once(backup, 'exit')])
  expect(output.split('\n')).toEqual([
    'Waiting for Ann, Bob to leave.',
    'Ann left, 1 to go.',
    'Bob left, 0 to go.',
    'The server is empty.',
    'copied',
    '',
  ])
  expect(commands).toEqual(['#lock', '#unlock'])
  expect([code, wasLocked, world.isLocked]).toEqual([0, true, false])
})

it('the session has a client at hand', async () => {
  const { port } = await startGame(() => {})
  const session = startExample('repl', port)
  session.stdin.end('client.fetchPlayers().map(String).join()\nclient.send("hello")\nclient.poll(1000) > 0\n')
  const [output, [code]] = await Promise.all([text(session.stdout), once(session, 'exit')])
  expect(output).toContain("'Ann,Bob'")
  expect(output).toContain('| RCon admin #0: (Global) hello')
  expect(code).toBe(0)
})
