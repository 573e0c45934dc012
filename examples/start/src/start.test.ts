import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startSimulator } from '@bercon/simulator'
import { expect, it } from 'vitest'

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))

interface Outcome {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs the example with these settings and no others. */
function run(settings: Readonly<Record<string, string>>): Promise<Outcome> {
  const child = spawn(process.execPath, [program], { env: settings })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })))
}

it('shows a whole visit to the simulator, and ends by itself', async () => {
  const { code, output, errors } = await run({})
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(output).toMatch(/Logged in as admin #\d+; \d{2} players:/)
  expect(output).toContain('(Global) bercon says hello')
  expect(output).toMatch(/was kicked and left; still known: false/)
  expect(output).toMatch(/Round trip .* packets sent, .* received/)
})

it('only reads from a server that the settings name', async () => {
  const simulator = await startSimulator({ password: 'hunter2', bots: false })
  simulator.world.join({ name: 'Ann\u202e\u001b[2J' })
  const settings = {
    RCON_HOST: simulator.address,
    RCON_PORT: String(simulator.port),
    RCON_PASSWORD: 'hunter2',
  }
  const { code, output, errors } = await run(settings)
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  // A name is text, whatever is in it.
  expect(output).toContain('Ann⟨202E⟩␛[2J')
  expect(output).not.toContain('says hello')
  expect(simulator.world.players.length).toBe(1)
  await simulator.close()
})

it('says in one line what is wrong with the password', async () => {
  const simulator = await startSimulator({ password: 'hunter2', bots: false })
  const settings = { RCON_HOST: simulator.address, RCON_PORT: String(simulator.port), RCON_PASSWORD: 'wrong' }
  const { code, errors } = await run(settings)
  expect(code).toBe(1)
  expect(errors).toMatch(/^127\.0\.0\.1:\d+ refused the password; check the server's settings .*\n$/)
  expect(errors).not.toContain('wrong')
  await simulator.close()
})

it.each([
  { settings: { RCON_HOST: 'localhost' }, line: /^RCON_PORT must be/ },
  { settings: { RCON_HOST: 'localhost', RCON_PORT: 'x', RCON_PASSWORD: 'p' }, line: /^RCON_PORT must be/ },
  { settings: { RCON_PORT: '2306', RCON_PASSWORD: 'p' }, line: /^RCON_HOST must be/ },
  { settings: { RCON_HOST: 'localhost', RCON_PORT: '2306' }, line: /^RCON_PASSWORD must be/ },
])('names the setting that is missing or wrong: $settings', async ({ settings, line }) => {
  const { code, errors } = await run(settings)
  expect(code).toBe(1)
  expect(errors).toMatch(line)
  expect(errors.trimEnd().split('\n')).toHaveLength(1)
})
