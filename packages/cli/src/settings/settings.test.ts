import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newFile, newFolder } from '../../test/new-folder.js'
import { type ConnectionFlags, readSources, resolveSettings, type Settings } from './settings.js'

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('RCON_')))
    vi.stubEnv(name, undefined)
  vi.stubEnv('XDG_CONFIG_HOME', '/nowhere')
  vi.stubEnv('RCON_PORT', '2306')
  vi.stubEnv('RCON_PASSWORD', 'of the environment')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const settingsOf = async (flags: ConnectionFlags = {}): Promise<Settings> =>
  resolveSettings(await readSources(flags))

/** The path of a config file with one profile, as its lines. */
function configFile(...lines: readonly string[]): string {
  return newFile('config.toml', ['default = "main"', '[profiles.main]', ...lines].join('\n'))
}

describe('each setting is the first of flag, environment, profile, server cfg and default', () => {
  const cases: readonly (readonly [
    setting: keyof Settings,
    flag: ConnectionFlags,
    variable: readonly [name: string, value: string],
    profile: string,
    cfg: string,
    values: readonly unknown[],
  ])[] = [
    [
      'host',
      { host: 'a.example' },
      ['RCON_HOST', 'b.example'],
      'host = "c.example"',
      'RConIP 192.0.2.4',
      ['a.example', 'b.example', 'c.example', '192.0.2.4', '127.0.0.1'],
    ],
    ['port', { port: '1' }, ['RCON_PORT', '2'], 'port = 3', 'rconport 4', [1, 2, 3, 4]],
    [
      'game',
      { game: 'reforger' },
      ['RCON_GAME', 'battleye'],
      'game = "reforger"',
      '',
      ['reforger', 'battleye', 'reforger', 'auto'],
    ],
    [
      'timeoutMs',
      { timeout: '1' },
      ['RCON_TIMEOUT', '2.5'],
      'timeout = 3',
      '',
      [1_000, 2_500, 3_000, undefined],
    ],
    [
      'loginTimeoutMs',
      { loginTimeout: '1' },
      ['RCON_LOGIN_TIMEOUT', '2'],
      'login_timeout = 3',
      '',
      [1_000, 2_000, 3_000, undefined],
    ],
    [
      'format',
      { format: 'json' },
      ['RCON_FORMAT', 'csv'],
      'format = "md"',
      '',
      ['json', 'csv', 'md', 'table'],
    ],
    ['geoip', { geoip: '/a' }, ['RCON_GEOIP', '/b'], 'geoip = "/c"', '', ['/a', '/b', '/c', undefined]],
  ]

  it.each(cases)('%s', async (setting, flag, [name, value], profile, cfg, values) => {
    const RCON_PORT = setting === 'port' ? undefined : '2306'
    vi.stubEnv('RCON_PORT', RCON_PORT)
    const serverCfg = newFile('beserver_x64.cfg', cfg)
    const config = configFile(profile)
    const empty = configFile()
    vi.stubEnv(name, value)
    const seen = [await settingsOf({ ...flag, config, serverCfg }), await settingsOf({ config, serverCfg })]
    vi.stubEnv(name, name === 'RCON_PORT' ? undefined : '')
    seen.push(await settingsOf({ config, serverCfg }))
    if (cfg !== '') seen.push(await settingsOf({ config: empty, serverCfg }))
    if (setting !== 'port') seen.push(await settingsOf({ config: empty }))
    expect(seen.map((settings) => settings[setting])).toEqual(values)
  })

  it('password: file by flag, environment, profile, its file, server cfg', async () => {
    const passwordFile = newFile('password', 'of the flag\r\n')
    const config = configFile('password = "of the profile"')
    const second = configFile('password_file = "secret"')
    writeFileSync(join(second, '..', 'secret'), 'of the file\n')
    const serverCfg = newFile('beserver_x64.cfg', 'RConPassword of the cfg')
    const seen = [
      await settingsOf({ passwordFile, config, serverCfg }),
      await settingsOf({ config, serverCfg }),
    ]
    vi.stubEnv('RCON_PASSWORD', '')
    for (const flags of [{ config, serverCfg }, { config: second, serverCfg }, { serverCfg }])
      seen.push(await settingsOf(flags))
    expect(seen.map(({ password }) => password)).toEqual([
      'of the flag',
      'of the environment',
      'of the profile',
      'of the file',
      'of the cfg',
    ])
  })

  it('profile: flag, environment, the default of the file', async () => {
    const config = newFile(
      'config.toml',
      'default = "c"\n[profiles.a]\nhost = "a"\n[profiles.b]\nhost = "b"\n[profiles.c]\nhost = "c"\n',
    )
    vi.stubEnv('RCON_PROFILE', 'b')
    const seen = [await settingsOf({ config, profile: 'a' }), await settingsOf({ config })]
    vi.stubEnv('RCON_PROFILE', '')
    vi.stubEnv('RCON_CONFIG', config)
    seen.push(await settingsOf())
    expect(seen.map(({ host }) => host)).toEqual(['a', 'b', 'c'])
  })

  it('server cfg: flag, environment, profile', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((host) => newFile('beserver.cfg', `RConIP ${host}`)) as [
      string,
      string,
      string,
    ]
    const config = configFile(`server_cfg = ${JSON.stringify(c)}`)
    vi.stubEnv('RCON_SERVER_CFG', b)
    const seen = [await settingsOf({ config, serverCfg: a }), await settingsOf({ config })]
    vi.stubEnv('RCON_SERVER_CFG', '')
    seen.push(await settingsOf({ config }))
    expect(seen.map(({ host }) => host)).toEqual(['a', 'b', 'c'])
  })
})

describe('a folder with server cfgs', () => {
  it('is the newest of them, in it or in its BattlEye, whatever their case', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'battleye'))
    const write = (name: string, ip: string, time: number) => {
      writeFileSync(join(folder, name), `\uFEFFRConIP ${ip}\r\n`)
      utimesSync(join(folder, name), time, time)
    }
    write('BEServer_x64.cfg', 'old', 1)
    write('battleye/beserver_x64_active_1a2b.cfg', 'active', 3)
    write('battleye/BEServer_x64.cfg', 'usual', 2)
    write('battleye/other.cfg', 'other', 4)
    expect((await settingsOf({ serverCfg: folder })).host).toBe('active')
    write('battleye/BEServer_x64_active_00FF.cfg', 'newer', 5)
    expect((await settingsOf({ serverCfg: folder })).host).toBe('newer')
  })

  it('without one is refused', async () => {
    await expect(settingsOf({ serverCfg: newFolder() })).rejects.toThrow('there is no BEServer_x64.cfg in')
  })
})

it('a port in a server cfg that is none is named, with the file', async () => {
  const serverCfg = newFile('beserver.cfg', 'RConPort 99999')
  await expect(settingsOf({ serverCfg })).rejects.toThrow(`RConPort in ${serverCfg} must be a port`)
})

it('an address that means every address of the server is none to connect to', async () => {
  const serverCfg = newFile('beserver.cfg', 'RConIP 0.0.0.0')
  expect((await settingsOf({ serverCfg })).host).toBe('127.0.0.1')
})

it.each([
  [{ port: '99999' }, 'the port must be a port from 1 to 65535'],
  [{ timeout: 'soon' }, '--timeout must be a number of seconds above 0'],
  [{ loginTimeout: '0' }, '--login-timeout must be a number of seconds above 0'],
  [{ game: 'chess' }, 'the game must be one of auto, battleye, reforger'],
  [{ profile: 'nope' }, 'there is no profile "nope"'],
  [{ passwordFile: '/nowhere/password' }, 'cannot read the password file /nowhere/password'],
])('%j is refused by name', async (flags, problem) => {
  await expect(settingsOf(flags)).rejects.toThrow(problem)
})

describe('a config file', () => {
  it.each([
    ['prot = 2306', 'profile "main" has a setting that is not known: prot'],
    ['port = "x"', 'port must be a port'],
    ['password = 5', 'password must be a text in quotes'],
    ['format = "xml"', 'format must be one of table'],
    ['timeout = -1', 'timeout must be a number of seconds above 0'],
    ['password = "open-sesame', 'config.toml: Invalid TOML'],
  ])('with %s is refused in one line that shows no password', async (line, problem) => {
    const error: unknown = await settingsOf({ config: configFile(line) }).catch((reason: unknown) => reason)
    expect(String(error)).toContain(problem)
    expect(String(error)).not.toMatch(/\n|open-sesame/)
  })

  it('that names a default which is not there is refused', async () => {
    const config = newFile('config.toml', 'default = "main"')
    await expect(settingsOf({ config })).rejects.toThrow('default names the profile "main"')
  })
})
