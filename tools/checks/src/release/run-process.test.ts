import { expect, it, vi } from 'vitest'
import { runProcess, runWell } from './run-process.js'

const cwd = '.'

it('a program is told by its code and all that it printed', async () => {
  const program = 'console.log(1); console.error(2); process.exitCode = 4'
  const { code, output } = await runProcess('node', ['-e', program], { cwd })
  expect(code).toBe(4)
  expect(output.split('\n').sort()).toEqual(['', '1', '2'])
  await expect(runWell('node', ['-e', program], { cwd })).rejects.toThrow(/ended with 4\n/)
})

it('a program that does not end is ended, with what it has started', async () => {
  const child = 'setInterval(() => {}, 1000)'
  const program = `require('node:child_process').spawn('node', ['-e', '${child}'], { stdio: 'inherit' }); ${child}`
  const { code, output } = await runProcess('node', ['-e', program], { cwd, limitMs: 500 })
  expect(code).toBeNull()
  expect(output).toContain('still running after 500 ms')
})

it('what pnpm and the shell say of RCON and npm is not passed on', async () => {
  const names = 'Object.keys(process.env).filter((name) => /^(npm_|RCON_)/.test(name)).join()'
  vi.stubEnv('RCON_PASSWORD', 'secret')
  const { output } = await runProcess('node', ['-p', names], { cwd, env: { npm_config_x: '1' } })
  vi.unstubAllEnvs()
  expect(output.trim()).toBe('npm_config_x')
})
