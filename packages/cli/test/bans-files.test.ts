import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keptReason } from '@bercon/core/kit'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diffBans } from '../src/commands/bans-diff.js'
import { exportBans } from '../src/commands/bans-export.js'
import { bercon, PASSWORD, serverEnv } from './bercon-process.js'
import { newFile, newFolder } from './new-folder.js'
import { outputOf } from './output-of.js'
import { flagsFor } from './small-world.js'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
})
afterEach(() => simulator.close())

const run = (args: readonly string[], input?: string) =>
  bercon(['bans', ...args], { env: serverEnv(simulator.port), input })
const guid = (index: number) => index.toString(16).padStart(32, '0')
const targets = () => simulator.world.bans.map(({ target }) => target)

it.each(['txt', 'json', 'csv'])('an export as %s leaves no changes to apply', async (form) => {
  const { world } = simulator
  world.addBan({ target: guid(1), reason: 'spam, "twice"; and = more' })
  world.addBan({ target: guid(2), minutes: 600 })
  world.addBan({ target: guid(3), minutes: 999_999_999_999 })
  world.addBan({ target: '192.0.2.7', reason: '=1+1' })
  const path = join(newFolder(), `bans.${form}`)
  const flags = flagsFor(simulator)
  expect((await outputOf((signal) => exportBans(path, flags, signal))).code).toBe(0)
  const { stdout } = await outputOf((signal) => diffBans(path, flags, signal))
  expect(stdout).toBe('0 to add, 0 to remove, 4 unchanged, 0 expired\n')
})

it('a ban looks the same in bercon bans, in an export, and in an import', async () => {
  const { world } = simulator
  world.addBan({ target: guid(1), reason: '=1+1' })
  world.addBan({ target: guid(2), minutes: 600, reason: 'spam' })
  world.addBan({ target: '192.0.2.7' })
  for (const format of ['json', 'csv'] as const) {
    const flags = flagsFor(simulator)
    const [listed, exported] = await Promise.all([
      run(['--format', format]),
      run(['export', '-', '--as', format]),
    ])
    const untimed = (text: string) => text.replace(/20[-0-9T:]+Z/g, '')
    expect(untimed(listed.stdout)).toBe(untimed(exported.stdout))
    const path = newFile(`bans.${format}`, listed.stdout)
    expect((await outputOf((signal) => diffBans(path, flags, signal))).stdout).toBe(
      '0 to add, 0 to remove, 3 unchanged, 0 expired\n',
    )
  }
})

it.each(['txt', 'json', 'csv'])(
  'an export as %s replaces a CR in one reason and names the ban',
  async (form) => {
    const { world } = simulator
    world.addBan({ target: guid(1), reason: 'a\rb' })
    world.addBan({ target: guid(2), reason: 'spam' })
    const { code, stdout, stderr } = await run(['export', '-', '--as', form])
    expect([code, stdout]).toEqual([0, expect.stringContaining('a b')])
    expect(stdout).toContain(guid(2))
    expect(stderr).toContain(`${guid(1)}: the reason contains`)
    expect(stderr).not.toContain(`${guid(2)}: the reason`)
  },
)

it('an export accepts --format for --as, and refuses a format that no file has', async () => {
  simulator.world.addBan({ target: guid(1), reason: 'spam' })
  const [json, table] = await Promise.all([
    run(['export', '-', '--format', 'json']),
    run(['export', '-', '--format', 'table']),
  ])
  expect(JSON.parse(json.stdout)).toMatchObject([{ target: guid(1) }])
  expect([table.code, table.stderr]).toEqual([
    1,
    expect.stringContaining('--format table is not a format for files'),
  ])
})

it('an export to standard output is the file', async () => {
  simulator.world.addBan({ target: guid(1), reason: 'spam' })
  const path = join(newFolder(), 'bans.txt')
  const [printed, written] = await Promise.all([run(['export', '-']), run(['export', path])])
  expect(printed).toEqual({ code: 0, stdout: `${guid(1)} -1 spam\n`, stderr: 'bercon: bans exported: 1\n' })
  expect([written.stdout, readFileSync(path, 'utf8')]).toEqual(['', printed.stdout])
  simulator.world.addBan({ target: guid(2) })
  expect(await run(['diff', path])).toEqual({
    code: 1,
    stdout: `- ${guid(2)}  permanent\n0 to add, 1 to remove, 1 unchanged, 0 expired\n`,
    stderr: '',
  })
})

it('the plan has the requested format for programs', async () => {
  simulator.world.addBan({ target: guid(9), reason: 'mine' })
  const path = newFile('bans.txt', `${guid(1)} 1893456000 spam\n`)
  const { code, stdout } = await run(['diff', path, '--format', 'json'])
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    [
      { change: 'add', kind: 'guid', target: guid(1), expiresAt: '2030-01-01T00:00:00Z', reason: 'spam' },
      { change: 'lift', kind: 'guid', target: guid(9), expiresAt: null, reason: 'mine' },
    ],
  ])
})

it('import adds missing bans, and keeps existing ones', async () => {
  simulator.world.addBan({ target: guid(9), reason: 'mine' })
  const text = `${guid(1)} -1 spam\n${guid(9)} -1 theirs\n${guid(2)} 1000 long ago\n`
  expect(await run(['import', '-', '--yes'], text)).toMatchObject({
    code: 0,
    stdout: `+ ${guid(1)}  permanent  spam\n1 to add, 0 to remove, 1 unchanged, 1 expired\ndone\n`,
  })
  expect(simulator.world.bans.map(({ reason }) => reason)).toEqual(['mine', 'spam'])
})

describe('apply', () => {
  it('changes the list to match the file, by target and reason instead of number', async () => {
    const { world } = simulator
    for (const index of [1, 2, 3, 4]) world.addBan({ target: guid(index), reason: `no ${index}` })
    world.addBan({ target: guid(3), reason: 'no 3' })
    const path = newFile('bans.txt', `${guid(4)} -1 no 4\n${guid(3)} -1 no 3\n${guid(2)} -1 changed\n`)
    expect((await run(['apply', path, '--yes'])).code).toBe(0)
    expect(world.bans.map(({ target, reason }) => [target, reason])).toEqual([
      [guid(4), 'no 4'],
      [guid(3), 'no 3'],
      [guid(2), 'changed'],
    ])
  })

  it('only shows the plan with --dry-run, and requires --yes without a terminal', async () => {
    const path = newFile('bans.json', JSON.stringify([{ target: guid(1), expiresAt: null, reason: '' }]))
    const [shown, refused] = await Promise.all([run(['apply', path, '--dry-run']), run(['apply', path])])
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('1 to add') })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') })
    expect(targets()).toEqual([])
  })

  it('makes no change if a line of the file is not a ban', async () => {
    const path = newFile('bans.txt', `${guid(1)} -1\nhello\n`)
    const { code, stderr } = await run(['apply', path, '--yes'])
    const problem = 'line 2 (neither GUID nor IP address: "hello")'
    expect([code, stderr]).toEqual([
      1,
      `bercon: ${path}: these lines are not bans: ${problem}; use --skip-bad-lines to leave them out\n`,
    ])
    expect(targets()).toEqual([])
  })

  it('decodes a file that is not UTF-8 with the named encoding', async () => {
    const bytes = Buffer.concat([Buffer.from(`${guid(1)} -1 `), Buffer.of(0xc8, 0xe2, 0xe0, 0xed)])
    const path = newFile('bans.txt', bytes)
    expect((await run(['apply', path, '--yes', '--encoding', 'windows-1251'])).code).toBe(0)
    expect(simulator.world.bans.map(({ reason }) => reason)).toEqual(['Иван'])
    const { code, stderr } = await run(['diff', path, '--encoding', 'nope'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('TextDecoder supports')])
  })

  it('skips bad lines with --skip-bad-lines, and names each', async () => {
    const lines = [
      '##Bans##',
      '// banned in March',
      guid(1),
      '192.0.2.7',
      `${guid(2)} - rude`,
      `${guid(3)} 1440 x`,
    ]
    const path = newFile('bans.txt', lines.join('\r\n'))
    const { code, stderr } = await run(['apply', path, '--yes', '--skip-bad-lines'])
    expect([code, stderr.split('\n')]).toEqual([
      0,
      [
        `bercon: ${path}: line 1 is left out, a comment: "##Bans##"`,
        `bercon: ${path}: line 2 is left out, a comment: "// banned in March"`,
        `bercon: ${path}: line 5 is left out, time missing: "${guid(2)} - rude"`,
        `bercon: ${path}: line 6: a time of 1440 seconds since 1970 looks like minutes`,
        '',
      ],
    ])
    expect(targets()).toEqual([guid(1), '192.0.2.7'])
  })

  it('names at most as many bad lines as people read', async () => {
    const path = newFile('bans.txt', 'x\n'.repeat(100))
    expect((await run(['apply', path])).stderr).toMatch(
      /line 20 \([^)]*\), … and 80 more; use --skip-bad-lines/,
    )
  })

  it('has no changes left if the server keeps 64 bytes of a longer reason', async () => {
    const reason = `${'r'.repeat(63)}яяя`
    simulator.world.addBan({ target: guid(1), reason: keptReason(reason) })
    const path = newFile('bans.txt', `${guid(1)} -1 ${reason}\n${guid(2)} -1 ${'x'.repeat(80)}\n`)
    expect(await run(['apply', path, '--yes'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 to add, 0 to remove, 1 unchanged'),
    })
    expect((await run(['diff', path])).code).toBe(0)
  })
})
