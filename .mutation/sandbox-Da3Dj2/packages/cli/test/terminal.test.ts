// @ts-nocheck
import { EventEmitter, once } from 'node:events'
import { RconServer } from '@bercon/server'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { PASSWORD, serverEnv } from './bercon-process.js'
import { BerconTerminal, CTRL_C, CTRL_D, TAB, UP } from './bercon-terminal.js'
import { newFile, newFolder } from './new-folder.js'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false, seed: 7 })
})
afterEach(() => simulator.close())

const env = (): Record<string, string> => serverEnv(simulator.port)
const guid = (index: number) => index.toString(16).padStart(32, '0')

describe('a password', () => {
  const ask = async () => {
    const { RCON_PASSWORD: _, ...withoutPassword } = env()
    const terminal = new BerconTerminal(['exec', 'version'], withoutPassword)
    await terminal.until(({ rows }) => rows.some((row) => row.includes('RCON password of 127.0.0.1:')))
    return terminal
  }

  it('is requested, and never shown', async () => {
    const terminal = await ask()
    terminal.type(`${PASSWORD}\r`)
    expect(await terminal.ended).toBe(0)
    expect(terminal.rows.at(-1)).toBe('1.217')
    expect(terminal.written).not.toContain(PASSWORD)
    // Nor one character for each of its own.
    expect(terminal.written).not.toMatch(/[*•]{2}/)
  })

  it('is not requested again after Ctrl-C', async () => {
    const terminal = await ask()
    terminal.type(CTRL_C)
    expect(await terminal.ended).toBe(130)
    expect(terminal.written).not.toContain('bercon:')
  })
})

describe('the plan for a file of bans', () => {
  const confirm = async (keys: string) => {
    const path = newFile('bans.txt', `${guid(1)} -1 spam\n`)
    const terminal = new BerconTerminal(['bans', 'apply', path], env())
    await terminal.untilRow('Continue? [y/N]')
    terminal.type(keys)
    return { code: await terminal.ended, last: terminal.rows.at(-1), bans: simulator.world.bans.length }
  }

  it.each([
    ['y\r', 0, 'done', 1],
    ['\r', 1, 'bercon: canceled; no changes were made', 0],
    [CTRL_C, 130, 'Continue? [y/N]', 0],
  ])('is executed after %j with %i', async (keys, code, last, bans) => {
    expect(await confirm(keys)).toEqual({ code, last: expect.stringContaining(last), bans })
  })

  it('with 2,000 bans, interrupted during the progress bar and run again, is executed exactly', async () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `${guid(index)} -1 no ${index}\n`).join('')
    const args = ['bans', 'apply', newFile('bans.txt', text), '--yes']
    const { world } = simulator
    // In the middle the server executes every command, but answers none.
    let becomeMany = () => {}
    const many = new Promise<void>((resolve) => {
      becomeMany = resolve
    })
    const server = new RconServer({
      password: PASSWORD,
      onCommand: (command) => {
        const reply = world.execute(command, undefined, performance.now())
        if (world.bans.length === 700 + 31) becomeMany()
        return world.bans.length < 700 ? reply : new Promise<string>(() => {})
      },
    })
    const { port } = await server.listen()
    const interrupted = new BerconTerminal([...args, '--timeout', '60'], serverEnv(port))
    await interrupted.orEnd(many)
    await interrupted.until(({ line }) => /^bans █+░+ 6\d\d\/2000$/.test(line))
    interrupted.type(CTRL_C)
    expect(await interrupted.ended).toBe(130)
    expect(interrupted.rows.at(-1)).toMatch(/^bercon: interrupted after 6\d\d of 2000 changes; run it again/)
    await server.close()
    expect(world.bans).toHaveLength(700 + 31)

    const again = new BerconTerminal(args, env())
    await again.until(({ line }) => /^bans █+░* \d+\/1269$/.test(line))
    expect(await again.ended).toBe(0)
    expect(again.rows.at(-1)).toBe('done')
    const targets = world.bans.map(({ target }) => target)
    expect(targets.toSorted()).toEqual(Array.from({ length: 2_000 }, (_, index) => guid(index)))
  })
})

it('a list fits a terminal of 40 columns, with complete GUIDs', async () => {
  const { world } = simulator
  world.join({ name: '🐻 Bär 漢字 with a very long name', guid: 'b'.repeat(32), ip: '192.0.2.2', port: 2304 })
  const terminal = new BerconTerminal(['players'], env(), 40)
  expect(await terminal.ended).toBe(0)
  expect(terminal.rows).toContain(`  ${'b'.repeat(32)}`)
  // A row wider than that would become two, the second without a heading; a GUID has its own row.
  expect(terminal.rows.map((row) => row.split(' ')[0])).toEqual([
    '#',
    'Name',
    'Ping',
    'GUID',
    '',
    'Verified',
    'IP',
    'Port',
    'In',
  ])
})

it('a warning of Node is shown as text, too', async () => {
  const warn = String.raw`process.once('beforeExit', () => process.emitWarning('Eve\u001b[2J\u202e'))`
  const NODE_OPTIONS = `--import "data:text/javascript,${encodeURIComponent(warn)}"`
  const terminal = new BerconTerminal(['--version'], { NODE_OPTIONS })
  expect(await terminal.ended).toBe(0)
  expect(terminal.rows.at(-1)).toBe('bercon: Eve␛[2J⟨202E⟩')
  expect(terminal.written).not.toContain('\u001b[2J')
})

describe('the shell', () => {
  const open = async (state: string) => {
    const terminal = new BerconTerminal(['shell'], { ...env(), XDG_STATE_HOME: state })
    await terminal.until(
      ({ line, rows }) => line === 'bercon>' && rows.some((row) => row.includes('logged in')),
    )
    return terminal
  }

  it('keeps typed text below the events, and completes commands and names', async () => {
    const { world } = simulator
    world.join({ name: 'Ulf Berht', guid: guid(1), ip: '192.0.2.2', port: 2304 })
    const terminal = await open(newFolder())
    terminal.type('ki')
    await terminal.untilLine('bercon> ki')
    terminal.type(TAB)
    await terminal.untilLine('bercon> kick')
    terminal.type('Ul')
    await terminal.untilLine('bercon> kick Ul')
    terminal.type(TAB)
    await terminal.untilLine('bercon> kick Ulf Berht')
    world.emit('(Side) Rook: two at the gate')
    await terminal.until(({ rows }) => rows.at(-2)?.endsWith('(Side) Rook: two at the gate') === true)
    expect(terminal.line).toBe('bercon> kick Ulf Berht')
    terminal.type('afk\r')
    await terminal.untilRow('kicked player 0, Ulf Berht')
    expect(world.players).toEqual([])
    terminal.type(CTRL_D)
    expect(await terminal.ended).toBe(0)
  })

  it('never lets a name control the terminal: Tab inserts its number, and everything else is shown as text', async () => {
    const { world } = simulator
    const wicked = 'Eve\u001b]0;pwned\u0007\u001b[2J\u202e'
    world.join({ name: wicked, guid: guid(1), ip: '192.0.2.2', port: 2304 })
    const terminal = await open(newFolder())
    terminal.type('kick ')
    await terminal.untilLine('bercon> kick')
    terminal.type(TAB)
    await terminal.untilLine('bercon> kick 0')
    terminal.type(CTRL_C)
    await terminal.untilLine('bercon>')
    terminal.type('/players\r')
    await terminal.until(({ rows }) => rows.some((row) => row.includes('Eve␛]0;pwned␇␛[2J⟨202E⟩')))
    world.emit(`(Side) ${wicked}: hello`)
    await terminal.until(({ rows }) => rows.some((row) => row.includes('⟨202E⟩: hello')))
    terminal.type('players\r')
    await terminal.until(({ rows }) => rows.filter((row) => row.includes('pwned')).length > 2)
    terminal.type(CTRL_D)
    expect(await terminal.ended).toBe(0)
    for (const control of ['\u001b]', '\u001b[2J', '\u202e']) expect(terminal.written).not.toContain(control)
  })

  it('asks for the length of a ban, and cancels the command at Ctrl-C', async () => {
    const { world } = simulator
    const terminal = await open(newFolder())
    const question = 'How long is 192.0.2.7 banned? [90min, 12h, 7d, 2w, permanent]'
    terminal.type('ban 192.0.2.7 spam\r')
    await terminal.untilLine(question)
    world.emit('(Side) Rook: two at the gate')
    await terminal.until(
      ({ rows, line }) => rows.at(-2)?.endsWith('two at the gate') === true && line === question,
    )
    terminal.type(CTRL_C)
    await terminal.untilRow('canceled')
    expect(world.bans).toEqual([])
    terminal.type('ban 192.0.2.7 spam\r')
    await terminal.untilLine(question)
    terminal.type('12h\r')
    await terminal.untilRow('banned 192.0.2.7 for 12h')
    expect(world.bans).toMatchObject([{ target: '192.0.2.7', reason: 'spam' }])
    await terminal.untilLine('bercon>')
  })

  it('keeps text typed during a reply, and continues after it', async () => {
    const slow = new EventEmitter()
    const server = new RconServer({
      password: PASSWORD,
      onCommand: async (command) => {
        if (command !== 'slow') return 'at once'
        const [reply] = await Promise.all([once(slow, 'reply'), slow.emit('asked')])
        return String(reply)
      },
    })
    const { port } = await server.listen()
    onTestFinished(() => server.close())
    const terminal = new BerconTerminal(['shell'], { ...serverEnv(port), XDG_STATE_HOME: newFolder() })
    await terminal.untilLine('bercon>')
    const asked = once(slow, 'asked')
    terminal.type('slow\r')
    await terminal.orEnd(asked)
    terminal.type('ver')
    await terminal.untilLine('ver')
    slow.emit('reply', 'here it is')
    await terminal.untilRow('here it is')
    await terminal.untilLine('bercon> ver')
    terminal.type('sion\r')
    await terminal.untilRow('bercon> version')
    await terminal.untilRow('at once')
  })

  it('breaks long lines between words', async () => {
    const terminal = await open(newFolder())
    simulator.world.emit(`(Side) Rook: ${'two at the gate, '.repeat(8)}`)
    await terminal.until(({ rows }) => rows.some((row) => /^ {10}\S/.test(row)))
    const rows = terminal.rows.filter((row) => row.includes('gate'))
    expect(rows.map((row) => row.slice(10)).join(' ')).toContain(
      'gate, two at the gate, two at the gate, two at',
    )
    for (const row of rows.slice(1)) expect(row).toMatch(/^ {10}(two|at|the|gate,) /)
  })

  it('has the lines of the last session, but no password', async () => {
    const state = newFolder()
    const first = await open(state)
    first.type('version\r')
    await first.untilRow('1.217')
    first.type(`RConPassword ${PASSWORD}\r`)
    await first.until(
      ({ line, rows }) => line === 'bercon>' && rows.at(-2)?.startsWith('bercon> RConP') === true,
    )
    first.type('/quit\r')
    expect(await first.ended).toBe(0)
    const second = await open(state)
    second.type(UP)
    await second.untilLine('bercon> /quit')
    second.type(UP)
    await second.untilLine('bercon> version')
  })

  it('with Ctrl-C clears the line, cancels a reply, and exits at the second on an empty line', async () => {
    const terminal = await open(newFolder())
    terminal.type('say -1 hello')
    await terminal.untilLine('bercon> say -1 hello')
    terminal.type(CTRL_C)
    await terminal.untilLine('bercon>')
    simulator.crash()
    terminal.type('version\r')
    await terminal.untilRow('bercon> version')
    terminal.type(CTRL_C)
    await terminal.untilRow('canceled')
    terminal.type(CTRL_C)
    await terminal.untilRow('Ctrl-C again')
    terminal.type(CTRL_C)
    expect(await terminal.ended).toBe(0)
    // The next prompt of the user's shell begins on its own line.
    expect(terminal.line).toBe('')
  })
})
