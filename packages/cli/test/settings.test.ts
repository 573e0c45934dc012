import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Simulator, startSimulator } from '@bercon/server/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bercon, newFolder, PASSWORD } from './bercon-process.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false, maxLoginAttempts: 1_000 })
})
afterAll(() => simulator.close())

const DONE = 0
const REFUSED = 2

/** A config file with one profile, as its lines. */
function configFile(...lines: readonly string[]): string {
  const path = join(newFolder(), 'config.toml')
  writeFileSync(path, ['default = "main"', '[profiles.main]', ...lines].join('\n'))
  return path
}

function file(text: string): string {
  const path = join(newFolder(), 'file')
  writeFileSync(path, text)
  return path
}

async function codeOf(
  args: readonly string[],
  env: Record<string, string>,
  input = '',
): Promise<number | null> {
  return (await bercon(['exec', 'version', ...args], { env, input })).code
}

describe('each setting is taken from the first that has it', () => {
  it('password: flag, environment, profile, server cfg', async () => {
    const port = { RCON_PORT: String(simulator.port) }
    const good = file(`${PASSWORD}\n`)
    const goodCfg = file(`RConPassword ${PASSWORD}\n`)
    const badCfg = file('RConPassword wrong\n')
    const goodProfile = configFile(`password = "${PASSWORD}"`)
    const badProfile = configFile('password = "wrong"')
    const codes = await Promise.all([
      codeOf(['--password-file', good], { ...port, RCON_PASSWORD: 'wrong', RCON_CONFIG: badProfile }),
      codeOf(['--password-stdin'], { ...port, RCON_PASSWORD: 'wrong' }, `${PASSWORD}\n`),
      codeOf([], { ...port, RCON_PASSWORD: PASSWORD, RCON_CONFIG: badProfile, RCON_SERVER_CFG: badCfg }),
      codeOf([], { ...port, RCON_PASSWORD: 'wrong', RCON_CONFIG: goodProfile }),
      codeOf(['--server-cfg', badCfg], { ...port, RCON_CONFIG: goodProfile }),
      codeOf(['--server-cfg', goodCfg], { ...port, RCON_CONFIG: badProfile }),
      codeOf(['--server-cfg', goodCfg], port),
    ])
    expect(codes).toEqual([DONE, DONE, DONE, REFUSED, DONE, REFUSED, DONE])
  })

  it('port: flag, environment, profile, server cfg', async () => {
    const { port } = simulator
    const password = { RCON_PASSWORD: PASSWORD }
    // Nobody listens at port 1, and waiting for an answer from there takes the test no time.
    const patience = ['--login-timeout', '5']
    const wrong = configFile('port = 1')
    const codes = await Promise.all([
      codeOf([...patience, '--port', String(port)], { ...password, RCON_PORT: '1', RCON_CONFIG: wrong }),
      codeOf(patience, { ...password, RCON_PORT: String(port), RCON_CONFIG: wrong }),
      codeOf([...patience, '--server-cfg', file('RConPort 1')], {
        ...password,
        RCON_CONFIG: configFile(`port = ${port}`),
      }),
      codeOf([...patience, '--server-cfg', file(`rconport ${port}`)], password),
    ])
    expect(codes).toEqual([DONE, DONE, DONE, DONE])
  })
})

describe('--server-cfg', () => {
  it('finds the newest file in a folder, whatever its case', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'battleye'))
    const old = join(folder, 'BEServer_x64.cfg')
    writeFileSync(old, 'RConPassword old\nRConPort 1\n')
    utimesSync(old, 1, 1)
    const active = join(folder, 'battleye', 'beserver_x64_active_1a2b.cfg')
    writeFileSync(active, `RConPassword ${PASSWORD}\r\nRConPort ${simulator.port}\r\n`)
    expect(await codeOf(['--server-cfg', folder], {})).toBe(DONE)
  })

  it('says when there is none', async () => {
    const { code, stderr } = await bercon(['bans', '--server-cfg', newFolder()])
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no BEServer_x64.cfg in')])
  })
})

describe('the config file', () => {
  it('is listed without its passwords', async () => {
    const config = configFile('host = "192.0.2.1"', 'port = 2306', 'password = "open-sesame"')
    const { code, stdout } = await bercon(['profiles', '--config', config, '--format', 'json'])
    expect(code).toBe(0)
    expect(stdout).not.toContain('open-sesame')
    expect(JSON.parse(stdout)).toEqual([
      {
        name: 'main',
        isDefault: true,
        host: '192.0.2.1',
        port: 2306,
        game: null,
        password: 'in the file',
        serverCfg: null,
      },
    ])
  })

  it.each([
    ['prot = 2306', 'profile "main" has a setting that is not known: prot'],
    ['port = "x"', 'port must be a port'],
    ['password = 5', 'password must be a text in quotes'],
    ['password = "open-sesame', 'config.toml: Invalid TOML'],
  ])('with %s is refused in one line that shows no password', async (line, problem) => {
    const { code, stderr } = await bercon(['profiles', '--config', configFile(line)])
    expect([code, stderr]).toEqual([1, expect.stringContaining(problem)])
    expect(stderr).toMatch(/^[^\n]+\n$/)
    expect(stderr).not.toContain('open-sesame')
  })
})
