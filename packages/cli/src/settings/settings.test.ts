import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { newFile, newFolder } from '../../test/new-folder.js'
import { resolveSettings, type Settings } from './settings.js'
import { type ConnectionFlags, readSources } from './sources.js'

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
      'encoding',
      { encoding: 'windows-1251' },
      ['RCON_ENCODING', 'gbk'],
      'encoding = "koi8-r"',
      '',
      ['windows-1251', 'gbk', 'koi8-r', undefined],
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
    writeFileSync(join(second, '..', 'secret'), 'of the file\n', { mode: 0o600 })
    const serverCfg = newFile('beserver_x64.cfg', 'RConPassword of-the-cfg')
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
      'of-the-cfg',
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
    const [a, b, c] = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ip) =>
      newFile('beserver.cfg', `RConIP ${ip}`),
    ) as [string, string, string]
    const config = configFile(`server_cfg = ${JSON.stringify(c)}`)
    vi.stubEnv('RCON_SERVER_CFG', b)
    const seen = [await settingsOf({ config, serverCfg: a }), await settingsOf({ config })]
    vi.stubEnv('RCON_SERVER_CFG', '')
    seen.push(await settingsOf({ config }))
    expect(seen.map(({ host }) => host)).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
  })
})

it('an invalid port in a server cfg is reported with the file, unless another source has one', async () => {
  const serverCfg = newFile('beserver.cfg', 'RConPort 99999')
  expect((await settingsOf({ serverCfg })).port).toBe(2306)
  vi.stubEnv('RCON_PORT', '')
  await expect(settingsOf({ serverCfg })).rejects.toThrow(`${serverCfg}: line 1: RConPort is no port`)
})

it('a password in a server cfg that cannot be read is reported with the file', async () => {
  vi.stubEnv('RCON_PASSWORD', '')
  const serverCfg = newFile('beserver.cfg', 'RConPassword=open-sesame')
  await expect(settingsOf({ serverCfg })).rejects.toThrow(`${serverCfg}: line 1: write a blank, not "="`)
})

it('an address that means every address of the server is not used to connect', async () => {
  const serverCfg = newFile('beserver.cfg', 'RConIP 0.0.0.0')
  expect((await settingsOf({ serverCfg })).host).toBe('127.0.0.1')
})

it.each([
  [{ port: '99999' }, 'the port must be a whole number from 1 to 65535'],
  [{ timeout: 'soon' }, '--timeout must be a number of seconds greater than 0'],
  [{ loginTimeout: '0' }, '--login-timeout must be a number of seconds greater than 0'],
  [{ game: 'chess' }, 'the game must be one of auto, battleye, reforger'],
  [{ profile: 'nope' }, 'there is no profile "nope"'],
  [{ passwordFile: '/nowhere/password' }, 'cannot read the password file /nowhere/password'],
])('%j is refused by name', async (flags, problem) => {
  await expect(settingsOf(flags)).rejects.toThrow(problem)
})

describe('a file with a password', () => {
  const warnings = () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    onTestFinished(() => written.mockRestore())
    return () => written.mock.calls.map(([text]) => String(text))
  }

  it('that is empty is reported as empty', async () => {
    const passwordFile = newFile('password', '\n')
    await expect(settingsOf({ passwordFile })).rejects.toThrow(`the password file ${passwordFile} is empty`)
  })

  it.runIf(process.platform !== 'win32').each([
    [0o644, true],
    [0o640, false],
    [0o600, false],
  ])('with the mode %o causes a warning: %j', async (mode, isWarnedOf) => {
    const passwordFile = newFile('password', 'open-sesame')
    chmodSync(passwordFile, mode)
    const config = configFile('password = "open-sesame"')
    chmodSync(config, mode)
    const written = warnings()
    expect((await settingsOf({ passwordFile })).password).toBe('open-sesame')
    vi.stubEnv('RCON_PASSWORD', '')
    expect((await settingsOf({ config })).password).toBe('open-sesame')
    const warned = [passwordFile, config].map(
      (path) =>
        `bercon: all users of this machine can read the password in ${path}; "chmod 600" restricts it to you\n`,
    )
    expect(written()).toEqual(isWarnedOf ? warned : [])
  })
})

describe('a config file', () => {
  it('that does not exist is reported as missing', async () => {
    const missing = join(newFolder(), 'config.toml')
    await expect(settingsOf({ config: missing })).rejects.toThrow(`there is no config file ${missing}`)
    await expect(settingsOf({ profile: 'main' })).rejects.toThrow(
      'there is no profile "main", because there is no config file /nowhere/bercon/config.toml',
    )
  })

  it('with one invalid profile has the others', async () => {
    const config = newFile(
      'config.toml',
      'default = "gone"\n[profiles.bad]\nport = "x"\n[profiles.good]\nhost = "192.0.2.1"\n',
    )
    expect((await settingsOf({ config, profile: 'good' })).host).toBe('192.0.2.1')
    await expect(settingsOf({ config, profile: 'bad' })).rejects.toThrow(
      `${config}: profile "bad": port must be a whole number`,
    )
  })

  it('that is not TOML is refused with line and column', async () => {
    const config = newFile('config.toml', 'default = "main"\n[profiles.main]\nport = = 5\n')
    await expect(settingsOf({ config })).rejects.toThrow(`${config}:3:8: Invalid TOML`)
  })

  it.each([
    ['prot = 2306', 'profile "main": unknown setting: prot'],
    ['port = "x"', 'port must be a whole number from 1 to 65535'],
    ['password = 5', 'password must be text in quotes'],
    ['format = "xml"', 'format must be one of table'],
    ['timeout = -1', 'timeout must be a number of seconds greater than 0'],
    ['password = "open-sesame', 'Invalid TOML'],
    ['password = ""', 'password is empty'],
  ])('with %s is refused in one line without a password', async (line, problem) => {
    const error: unknown = await settingsOf({ config: configFile(line) }).catch((reason: unknown) => reason)
    expect(String(error)).toContain(problem)
    expect(String(error)).not.toMatch(/\n|open-sesame/)
  })

  it('that names a missing default is refused', async () => {
    const config = newFile('config.toml', 'default = "main"')
    await expect(settingsOf({ config })).rejects.toThrow('the default profile "main"')
  })
})
