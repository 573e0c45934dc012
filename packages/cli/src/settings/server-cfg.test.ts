import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeFieldRows } from '../../../../tools/field-rows.js'
import { newFile, newFolder } from '../../test/new-folder.js'
import { readBattleyeCfg } from './battleye-cfg.js'
import { readServerCfg } from './server-cfg.js'

describe('a BEServer_x64.cfg', () => {
  const good = { password: 's3cret', port: 42306, ip: undefined }

  it.each([
    [
      'with comments after its values',
      'RConPassword s3cret // a\nRConPort 42306// b\nRestrictRCon 0 // c\n',
      good,
    ],
    ['with a byte order mark', '\uFEFFRConPassword s3cret\nRConPort 42306\n', good],
    [
      'with the line ends of Windows, tabs and other cases',
      'rconpassword\ts3cret \r\nRCONPORT  42306\r\n',
      good,
    ],
    ['with settings twice has the later', 'RConPort 1\nRConPassword s3cret\nRConPort 42306\n', good],
    [
      'with lines that are comments',
      '// RConPort 1\nRConPassword s3cret\n//RConPassword x\nRConPort 42306',
      good,
    ],
    ['with an address', 'RConIP 192.0.2.4 // here', { ip: '192.0.2.4' }],
    ['with the address of all', 'RConIP 0.0.0.0', { ip: undefined }],
    ['with a value that is a comment', 'RConPassword // none yet', { password: undefined }],
  ])('%s', (_what, text, expected) => {
    expect(readBattleyeCfg(text)).toMatchObject(expected)
  })

  it('in UTF-16 is decoded by its byte order mark', () => {
    const path = newFile(
      'BEServer_x64.cfg',
      Buffer.from('\uFEFFRConPassword s3cret\r\nRConPort 42306\r\n', 'utf16le'),
    )
    expect(readServerCfg(path)).toMatchObject(good)
  })

  it.each([
    ['RConPort abc', 'bad', 'line 1: RConPort is no port'],
    ['RConPort 70000', 'bad', 'line 1: RConPort is no port'],
    ['RConPort', 'bad', 'line 1: RConPort is no port'],
    ['', 'bad', 'RConPort is not in it'],
    ['', 'bad', 'RConPassword is not in it'],
    ['RConPassword', 'bad', 'line 1: RConPassword has no value'],
    ['\nRConPassword = open-sesame', 'bad', 'line 2: write a blank, not "=": "RConPassword …"'],
    ['RConPort=2306', 'bad', 'line 1: write a blank, not "=": "RConPort …"'],
    ['RConPassword open sesame', 'hint', 'text follows the value of RConPassword'],
    ['RConIP open-sesame', 'bad', 'line 1: RConIP is no IP address'],
    ['RestrictRCon 1 // closed', 'bad', 'line 1: RestrictRCon is 1'],
    ['RestrictRCon open-sesame', 'bad', 'line 1: RestrictRCon must be 0 or 1'],
    ['', 'note', 'RestrictRCon is not in it'],
  ])(
    'of %j has a problem, with what to change and without a value that may be a password',
    (text, kind, said) => {
      const { problems } = readBattleyeCfg(text)
      expect(problems).toContainEqual({
        kind,
        about: expect.any(String),
        text: expect.stringContaining(said),
      })
      expect(JSON.stringify(problems)).not.toMatch(/sesame/)
    },
  )

  it('with "=" is not reported to lack the value', () => {
    expect(
      JSON.stringify(readBattleyeCfg('RConPassword=a\nRConPort=1\nRestrictRCon=0').problems),
    ).not.toContain('not in it')
  })
})

describe("a Reforger server's config.json", () => {
  const read = (config: unknown) => readServerCfg(newFile('config.json', JSON.stringify(config)))
  const rcon = { address: '192.0.2.4', port: 19998, password: 's3cret', permission: 'admin' }

  it('contains address, port, password, and the kind of RCON', () => {
    expect(read({ bindPort: 2001, rcon })).toMatchObject({
      ip: '192.0.2.4',
      port: 19998,
      password: 's3cret',
      game: 'reforger',
      problems: [],
    })
  })

  it('without a port has the game’s default', () => {
    expect(read({ rcon: { ...rcon, port: undefined } })).toMatchObject({
      port: 19999,
      problems: [{ kind: 'hint', about: 'port' }],
    })
  })

  it.each([
    [{}, 'it has no "rcon"'],
    [{ rcon: { ...rcon, port: 'open-sesame' } }, 'rcon.port is no port'],
    [{ rcon: { ...rcon, password: 'open sesame' } }, 'the game does not take rcon.password'],
    [{ rcon: { ...rcon, password: '' } }, 'rcon.password is not in it'],
    [{ rcon: { ...rcon, address: undefined } }, 'rcon.address is not in it'],
    [{ rcon: { ...rcon, permission: 'monitor' } }, 'rcon.permission is "monitor"'],
    [{ rcon: { ...rcon, permission: 'god' } }, 'rcon.permission must be'],
    [{ rcon: { ...rcon, whitelist: ['players'] } }, 'rcon.whitelist leaves out "#players"'],
    [{ rcon: { ...rcon, maxClients: 17 } }, 'rcon.maxClients must be'],
  ])('of %j has a problem', (config, said) => {
    const { problems } = read(config)
    expect(problems.map(({ text }) => text)).toEqual([expect.stringContaining(said)])
    expect(JSON.stringify(problems)).not.toMatch(/sesame/)
  })

  it('that is not JSON is refused by its name, without its content', () => {
    const path = newFile('config.json', '{\n  "rcon": { "password": "open-sesame", }\n}')
    expect(() => readServerCfg(path)).toThrow(`${path} is not JSON`)
    expect(() => readServerCfg(path)).not.toThrow('sesame')
  })
})

/** A folder with these files, the later ones newer, and the file that is chosen in it. */
function chosenOf(files: readonly string[]): string {
  const root = newFolder()
  for (const [index, file] of files.entries()) {
    const path = join(root, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, file.endsWith('json') ? '{ "rcon": {} }' : 'RConPort 2306')
    utimesSync(path, index + 1, index + 1)
  }
  return relative(root, readServerCfg(root).path)
}

describe('of the files in a folder', () => {
  it.each([
    ['x64 before 32-bit', ['BEServer_x64.cfg', 'BEServer.cfg', 'beserver_active_9.cfg'], 'BEServer_x64.cfg'],
    [
      'active before seed',
      ['battleye/beserver_x64_active_1a2b.cfg', 'battleye/BEServer_x64.cfg'],
      'battleye/beserver_x64_active_1a2b.cfg',
    ],
    [
      "profiles before the game's folder",
      ['profiles/BattlEye/BEServer_x64.cfg', 'BattlEye/BEServer_x64.cfg'],
      'profiles/BattlEye/BEServer_x64.cfg',
    ],
    [
      "an active one in the game's folder before a seed in profiles",
      ['battleye/beserver_x64_active_1.cfg', 'profiles/battleye/BEServer_x64.cfg'],
      'battleye/beserver_x64_active_1.cfg',
    ],
    [
      'then the newest',
      ['battleye/BEServer_x64_active_00FF.cfg', 'battleye/beserver_x64_active_1a.cfg', 'battleye/other.cfg'],
      'battleye/beserver_x64_active_1a.cfg',
    ],
    ["BattlEye's before Reforger's", ['BEServer_x64.cfg', 'config.json'], 'BEServer_x64.cfg'],
    ["Reforger's", ['config.json'], 'config.json'],
  ])('%s', (_rule, files, chosen) => {
    expect(chosenOf(files)).toBe(chosen)
  })

  it('a config.json of another program is not chosen', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'config.json'), '{}')
    expect(() => readServerCfg(folder)).toThrow(`there is no BEServer_x64.cfg or config.json in ${folder}`)
  })

  it('a named file is read, and the others are listed, the likeliest first', () => {
    const folder = newFolder()
    const files = ['BEServer_x64.cfg', 'BEServer.cfg', 'beserver_x64_active_1a.cfg'].map((name) =>
      join(folder, name),
    )
    for (const file of files) writeFileSync(file, 'RConPort 2306')
    const [seed = '', old, active] = files
    expect(readServerCfg(seed)).toMatchObject({ path: seed, others: [active, old] })
  })
})

it.each([
  ['battleye/BEServer_x64.cfg', 'profiles/battleye/beserver_x64_active_12ab.cfg'],
  ['battleye', 'profiles/battleye/beserver_x64_active_12ab.cfg'],
  ['profiles/battleye', 'battleye/BEServer_x64.cfg'],
])('with %s named, the other file of the same server is %s', (named, other) => {
  const root = newFolder()
  for (const file of ['battleye/BEServer_x64.cfg', 'profiles/battleye/beserver_x64_active_12ab.cfg']) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), 'RConPort 2306')
  }
  expect(readServerCfg(join(root, named)).others).toEqual([join(root, other)])
})

const TREE = /^tree: /

describeFieldRows('cfg', ({ text, expect: expected }) => {
  if (TREE.test(text)) {
    const files = text.replace(/;.*$/, '').match(/[^\s,]+\.(cfg|json)/g) ?? []
    expect({ chosen: chosenOf(files) }).toEqual(expected)
    return
  }
  const cfg = readBattleyeCfg(text)
  const restrict = cfg.problems.some(({ about, kind }) => about === 'rights' && kind === 'bad') ? 1 : 0
  const said = cfg.problems.map((problem) => problem.text).join('\n')
  for (const [fact, value] of Object.entries(expected)) {
    if (fact === 'doctor') expect(said).toContain(String(value).replace(/^a hint: /, ''))
    else expect({ ...cfg, restrict }).toMatchObject({ [fact]: value })
  }
})
