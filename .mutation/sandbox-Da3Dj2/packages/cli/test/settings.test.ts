// @ts-nocheck
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bercon, PASSWORD } from './bercon-process.js'
import { newFile } from './new-folder.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
})
afterAll(() => simulator.close())

it('a profile, its server cfg, and a password from standard input find the server', async () => {
  const cfg = newFile('BEServer_x64.cfg', `RConPassword wrong\r\nRConPort ${simulator.port}\r\n`)
  const profile = `[profiles.main]\nserver_cfg = ${JSON.stringify(cfg)}\ngame = "battleye"\nformat = "ndjson"\n`
  const config = newFile('config.toml', profile)
  const args = ['exec', '--config', config, '--profile', 'main', '--password-stdin', 'version']
  const { code, stdout } = await bercon(args, { input: `${PASSWORD}\n` })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ command: 'version', reply: '1.217' })
})

it('profiles are listed with the settings of their server cfg, without a password', async () => {
  const cfg = newFile('BEServer_x64.cfg', 'RConPassword open-sesame\nRConPort 2310\n')
  const config = newFile(
    'config.toml',
    [
      'default = "main"',
      '[profiles.main]\nhost = "192.0.2.1"\nport = 2306\npassword = "open-sesame"',
      `[profiles.second]\nserver_cfg = ${JSON.stringify(cfg)}`,
    ].join('\n'),
  )
  const { code, stdout } = await bercon(['profiles', '--config', config, '--format', 'json'])
  expect(code).toBe(0)
  expect(stdout).not.toContain('open-sesame')
  const unset = { game: null, serverCfg: null }
  expect(JSON.parse(stdout)).toEqual([
    { ...unset, name: 'main', isDefault: true, host: '192.0.2.1', port: 2306, password: 'in the file' },
    {
      ...unset,
      name: 'second',
      isDefault: false,
      host: null,
      port: 2310,
      password: 'in the server cfg',
      serverCfg: cfg,
    },
  ])
})

it('the example of a config file is valid', async () => {
  const { stdout } = await bercon(['profiles', '--example'])
  const config = newFile('config.toml', stdout)
  const { code, stdout: listed, stderr } = await bercon(['profiles', '--config', config, '--format', 'csv'])
  expect([code, listed]).toEqual([0, expect.stringContaining('main,true,192.0.2.1,2306')])
  expect(stderr).toMatch(/^bercon: profile "second": cannot read [^\n]+\n$/)
})
