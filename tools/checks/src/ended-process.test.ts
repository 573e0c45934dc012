import { expect, it, onTestFinished, vi } from 'vitest'
import { runAsUser, runToEnd, runWell } from './ended-process.js'

const node = (program: string) => [process.execPath, '-e', program]
const PRINTING = "console.log('out'); console.error('error'); process.exitCode = 3"
const IDLE = 'setInterval(() => {}, 1_000)'

/**
 * Starts a child that keeps the streams open, without waiting for it: the process ends only once the child is gone too.
 */
function spawning(program: string): string {
  const args = `['-e', ${JSON.stringify(program)}, String(process.pid)]`
  return `require('node:child_process').spawn(process.execPath, ${args}, { stdio: 'inherit' }).unref()`
}

it('returns the output of both streams, and the exit code', async () => {
  const ended = await runToEnd(node(PRINTING))
  expect(ended).toMatchObject({ code: 3, isTooLate: false })
  expect(ended.output.split('\n').sort()).toEqual(['', 'error', 'out'])
})

it('a process that exceeds its limit is ended, with its children', async () => {
  const ended = await runToEnd(node(`${spawning(IDLE)}; ${IDLE}`), { limitMs: 500 })
  expect(ended).toMatchObject({ code: undefined, isTooLate: true })
})

it('leftover children are awaited, or ended if a user would leave them', async () => {
  const orphan =
    "setInterval(() => { if (process.argv[1] !== String(process.ppid)) process.exit(console.log('alone')) }, 20)"
  const waited = await runToEnd(node(spawning(orphan)))
  expect(waited).toMatchObject({ output: 'alone\n', code: 0, isTooLate: false })
  expect(await runAsUser(node(spawning(IDLE)), {})).toMatchObject({ code: 0, isTooLate: false })
})

it('an unknown command fails', async () => {
  const ended = await runToEnd(['no-such-command-at-all'])
  expect(ended).toMatchObject({ code: undefined, isTooLate: false })
  expect(ended.output).toContain('ENOENT')
})

it('a required command that fails throws with its output', async () => {
  await expect(runWell(node(PRINTING), {})).rejects.toThrow(/ended with 3\n(out|error)\n/)
  await expect(runWell(node(IDLE), { limitMs: 100 })).rejects.toThrow(/was still running after \d+ ms/)
})

it('variables of pnpm and of RCON are not passed on', async () => {
  const names = 'Object.keys(process.env).filter((name) => /^(npm_|RCON_)/.test(name)).join()'
  vi.stubEnv('RCON_PASSWORD', 'secret')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const { output } = await runAsUser([process.execPath, '-p', names], { env: { npm_config_x: '1' } })
  expect(output.trim()).toBe('npm_config_x')
})
