import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Simulator, startReforgerSimulator, startSimulator } from '@bercon/simulator'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bercon, PASSWORD, serverEnv } from './bercon-process.js'
import { BerconTerminal } from './bercon-terminal.js'
import { newFile, newFolder } from './new-folder.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
})
afterAll(() => simulator.close())

const doctor = async (options: Parameters<typeof bercon>[1], ...flags: readonly string[]) => {
  // Long enough for a busy machine to answer every keep-alive.
  const args = ['doctor', '--timeout', '60', ...flags]
  const { code, stdout, stderr } = await bercon(args, { cwd: newFolder(), ...options })
  return { code, stderr, lines: stdout.trimEnd().split('\n') }
}

const LINK = [
  'ok    50 of 50 keep-alives were answered, 0 % were lost',
  expect.stringMatching(/^(ok {4}|note {2})a round trip takes [\d.]+ ms, the longest [\d.]+ ms(: |$)/),
]
const NO_PROFILE = 'ok    no profile is used; "bercon profiles" lists the profiles'
const NO_CFG = expect.stringMatching(/^note {2}no BEServer_x64\.cfg is here/)
const HAS_PASSWORD = 'ok    found a password'
const NO_LINK = '-     loss and round trip were not measured, because there is no login'

/** A file for the command's working directory. */
function folderWith(name: string, ...lines: readonly string[]): string {
  const cwd = newFolder()
  writeFileSync(join(cwd, name), lines.join('\n'))
  return cwd
}

/** A socket that never answers, with the datagrams sent to it. */
async function silentServer(
  host = '127.0.0.1',
): Promise<{ readonly socket: Socket; readonly sent: Buffer[] }> {
  const socket = createSocket('udp4').bind(0, host)
  const sent: Buffer[] = []
  socket.on('message', (datagram) => sent.push(datagram))
  onTestFinished(() => {
    socket.close()
  })
  await once(socket, 'listening')
  return { socket, sent }
}

it('finds and reads the server cfg, logs in, measures the network, and exits with the highest code', async () => {
  const cfg = 'beserver_x64_active_1a.cfg'
  const cwd = folderWith(cfg, `RConPassword ${PASSWORD}`, `RConPort ${simulator.port}`, 'RestrictRCon 1')
  expect(await doctor({ cwd })).toEqual({
    code: 1,
    stderr: '',
    lines: [
      NO_PROFILE,
      `ok    ${cfg} was found`,
      'ok    it has a password',
      `ok    its port is ${simulator.port}`,
      'ok    RCON listens at every address of the server',
      'wrong line 3: RestrictRCon is 1: commands that change anything are refused; write "RestrictRCon 0"',
      HAS_PASSWORD,
      `ok    127.0.0.1:${simulator.port} answers, and accepts the password`,
      ...LINK,
    ],
  })
})

it('exits with 0 if all is well', async () => {
  expect(await doctor({ env: serverEnv(simulator.port) })).toEqual({
    code: 0,
    stderr: '',
    lines: [
      NO_PROFILE,
      NO_CFG,
      HAS_PASSWORD,
      `ok    127.0.0.1:${simulator.port} answers, and accepts the password`,
      ...LINK,
    ],
  })
})

describe('continues after a failure, which is one line', () => {
  it('in the server cfg', async () => {
    const cfg = newFile('BEServer_x64.cfg', `RConPort abc\nRConPassword=${PASSWORD}\n`)
    const { code, lines } = await doctor({ env: serverEnv(simulator.port) }, '--server-cfg', cfg)
    expect(code).toBe(1)
    expect(lines).toContainEqual(expect.stringMatching(/^wrong line 1: RConPort is no port: write a port/))
    expect(lines).toContainEqual('wrong line 2: write a blank, not "=": "RConPassword …"')
    expect(lines).toContain(`ok    127.0.0.1:${simulator.port} answers, and accepts the password`)
    expect(lines).toEqual(expect.arrayContaining(LINK))
    expect(lines.join()).not.toContain(PASSWORD)
  })

  it('in the config file, and in the path of the server cfg', async () => {
    const config = newFile('config.toml', 'port = ')
    const flags = ['--config', config, '--server-cfg', '/nowhere/BEServer_x64.cfg']
    const { code, lines } = await doctor({ env: serverEnv(simulator.port) }, ...flags)
    expect(code).toBe(1)
    expect(lines[0]).toMatch(/^wrong .*config\.toml:1:8: Invalid TOML/)
    expect(lines[1]).toMatch(/^wrong cannot read \/nowhere\/BEServer_x64\.cfg: ENOENT/)
    expect(lines).toEqual(expect.arrayContaining(LINK))
  })

  it('if no port is known', async () => {
    const cwd = folderWith('BEServer_x64.cfg', `RConPassword ${PASSWORD}`, 'RestrictRCon 0')
    const { code, stderr, lines } = await doctor({ cwd })
    expect([code, stderr]).toEqual([1, ''])
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^wrong BEServer_x64.cfg: RConPort is not in it/),
      '-     no login was attempted',
      NO_LINK,
    ])
  })

  it('if the password is refused', async () => {
    const { code, stderr, lines } = await doctor({ env: serverEnv(simulator.port, 'open-sesame') })
    expect([code, stderr]).toEqual([2, ''])
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^wrong 127\\.0\\.0\\.1:${simulator.port} answers, but refused the password: give the one`,
        ),
      ),
      NO_LINK,
    ])
    expect(lines.join()).not.toContain('open-sesame')
  })

  it('if no server answers', async () => {
    const { socket } = await silentServer()
    const { port } = socket.address()
    const { code, stderr, lines } = await doctor({ env: serverEnv(port) }, '--login-timeout', '0.3')
    expect([code, stderr]).toEqual([3, ''])
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(new RegExp(`^wrong 127\\.0\\.0\\.1:${port} did not answer in 0\\.3 s: check`)),
      NO_LINK,
    ])
  })

  it('if a name has no address', async () => {
    const { code, lines } = await doctor({ env: serverEnv(simulator.port) }, '--host', 'nobody.invalid')
    expect(code).toBe(3)
    expect(lines.at(-2)).toMatch(/^wrong nobody\.invalid has no address \(.+\): check the spelling/)
  })
})

// Windows and other runtimes do not report it.
it.runIf(process.platform === 'linux')('reports at once that nobody listens at a closed port', async () => {
  // The system hands out no port that low, so that nobody has it meanwhile.
  const closedPort = 9
  // With a longer timeout the test itself would time out.
  const { code, lines } = await doctor({ env: serverEnv(closedPort) }, '--login-timeout', '3600')
  expect(code).toBe(3)
  expect(lines.at(-2)).toMatch(new RegExp(`^wrong 127\\.0\\.0\\.1:${closedPort}: nobody listens there`))
})

describe('with a server cfg that was only found', () => {
  const cfgFor = (port: number) => [
    `RConIP 127.0.0.1`,
    `RConPort ${port}`,
    `RConPassword ${PASSWORD}`,
    'RestrictRCon 0',
  ]

  it('sends no password to its address, and says what to add', async () => {
    const { socket, sent } = await silentServer()
    const { port } = socket.address()
    const cwd = folderWith('BEServer_x64.cfg', ...cfgFor(port))
    const { code, lines } = await doctor({ cwd }, '--login-timeout', '0.3')
    expect(code).toBe(1)
    expect(lines.slice(-4)).toEqual([
      `note  it would log in at 127.0.0.1:${port}, which nothing but BEServer_x64.cfg names, and send a password there`,
      `wrong nothing was sent to 127.0.0.1:${port}: add --host 127.0.0.1 where that is your server`,
      '-     no login was attempted',
      NO_LINK,
    ])
    expect(sent).toEqual([])
  })

  it('logs in if the host or the file is named', async () => {
    const cwd = folderWith('BEServer_x64.cfg', ...cfgFor(simulator.port))
    expect((await doctor({ cwd }, '--host', '127.0.0.1')).code).toBe(0)
    expect((await doctor({ cwd }, '--server-cfg', '.')).code).toBe(0)
  })

  it('asks the user at a terminal', async () => {
    const cwd = folderWith('BEServer_x64.cfg', ...cfgFor(simulator.port))
    const terminal = new BerconTerminal(['doctor'], {}, 100, cwd)
    await terminal.untilLine('Continue? [y/N]')
    terminal.type('y\r')
    expect(await terminal.ended).toBe(0)
    const again = new BerconTerminal(['doctor'], {}, 100, cwd)
    await again.untilLine('Continue? [y/N]')
    again.type('n\r')
    expect(await again.ended).toBe(1)
  })
})

describe('of several files of a server', () => {
  it('names the one in use beside the named seed', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'profiles/battleye'), { recursive: true })
    const seed = join(folder, 'profiles/battleye/BEServer_x64.cfg')
    const active = join(folder, 'profiles/battleye/beserver_x64_active_12ab.cfg')
    const old = join(folder, 'profiles/battleye/BEServer.cfg')
    for (const file of [seed, active, old])
      writeFileSync(file, `RConPassword ${PASSWORD}\nRConPort ${simulator.port}\n`)
    const ofSeed = await doctor({}, '--server-cfg', seed)
    expect(ofSeed.lines).toContainEqual(
      expect.stringContaining(`note  ${active} is the one that BattlEye uses`),
    )
    const ofFolder = await doctor({}, '--server-cfg', folder)
    expect(ofFolder.lines).toContain(`ok    ${active} is readable`)
    expect(ofFolder.lines).toContainEqual(expect.stringContaining(`note  ${seed} is beside it`))
    expect(ofFolder.lines).toContain(`note  ${old} exists too, and was not read`)
  })
})

it("recognizes Reforger's config.json", async () => {
  const reforger = await startReforgerSimulator({ password: PASSWORD, bots: false })
  const rcon = { address: '0.0.0.0', port: reforger.port, password: PASSWORD, permission: 'monitor' }
  const config = newFile('config.json', JSON.stringify({ game: {}, rcon }))
  const { code, lines } = await doctor({}, '--server-cfg', config)
  const players = await bercon(['players', '--server-cfg', config])
  await reforger.close()
  expect(code).toBe(0)
  expect(lines).toContainEqual(expect.stringMatching(/^note {2}rcon\.permission is "monitor"/))
  expect(lines).toContain(`ok    its port is ${reforger.port}`)
  expect(players).toMatchObject({ code: 0, stdout: 'There are no players.\n' })
})
