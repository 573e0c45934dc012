// @ts-nocheck
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UnexpectedReplyError } from '@bercon/client'
import { encodeServerPacket, encodeText } from '@bercon/protocol'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bans } from '../src/commands/bans.js'
import { diffBans } from '../src/commands/bans-diff.js'
import { exportBans } from '../src/commands/bans-export.js'
import { decode } from '../src/commands/decode.js'
import { exec } from '../src/commands/exec.js'
import { kick } from '../src/commands/kick.js'
import { missions } from '../src/commands/missions.js'
import { players } from '../src/commands/players.js'
import { profiles } from '../src/commands/profiles.js'
import { say } from '../src/commands/say.js'
import { watch } from '../src/commands/watch.js'
import { FORMATS } from '../src/output/listing.js'
import { note, reportError } from '../src/report.js'
import { withClient } from '../src/server/connected.js'
import { withServers } from '../src/server/several-servers.js'
import { PASSWORD } from './bercon-process.js'
import { newFile } from './new-folder.js'
import { type Output, outputOf, pretendTerminal } from './output-of.js'
import { flagsFor } from './small-world.js'

/** Each payload, with its display form and its JSON form. */
const PAYLOADS = [
  ['clears the screen', 'Eve\u001b[2J', 'Eve␛[2J', 'Eve\\u001b[2J'],
  ['colors what follows', 'Eve\u001b[31m', 'Eve␛[31m', 'Eve\\u001b[31m'],
  ['writes the clipboard', 'Eve\u001b]52;c;cm0=\u0007', 'Eve␛]52;c;cm0=␇', 'Eve\\u001b]52;c;cm0=\\u0007'],
  ['is a C1 control', 'Eve\u009b2J', 'Eve⟨9B⟩2J', 'Eve\\u009b2J'],
  ['deletes', 'Eve\u007f\b', 'Eve␡␈', 'Eve\\u007f\\b'],
  ['separates lines', 'Eve\u2028a\u2029', 'Eve⟨2028⟩a⟨2029⟩', 'Eve\\u2028a\\u2029'],
  ['turns the direction', 'Eve\u202eexe', 'Eve⟨202E⟩exe', 'Eve\\u202eexe'],
  ['isolates', 'Eve\u2067x', 'Eve⟨2067⟩x', 'Eve\\u2067x'],
  ['has no width', 'E\u200bve', 'E⟨200B⟩ve', 'E\\u200bve'],
  ['joins', 'E\u200dve', 'E⟨200D⟩ve', 'E\\u200dve'],
  ['is a soft hyphen', 'E\u00adve', 'E⟨AD⟩ve', 'E\\u00adve'],
  ['is a byte order mark', 'E\ufeffve', 'E⟨FEFF⟩ve', 'E\\ufeffve'],
  ['is a tag', 'E\u{e0041}ve', 'E⟨E0041⟩ve', 'E\\udb40\\udc41ve'],
] as const

/** Characters that no output may contain unescaped: none is needed to show text. */
const CONTROLS = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({
    password: PASSWORD,
    bots: false,
    // Each run is a peer of its own for a while.
    maxPeers: 1_000,
    missions: PAYLOADS.map(([, payload]) => `${payload}.Altis.pbo`),
  })
  for (const [index, [, payload]] of PAYLOADS.entries()) {
    simulator.world.join({
      name: payload,
      guid: String(index).padStart(32, 'a'),
      ip: '192.0.2.1',
      port: 2304,
    })
    simulator.world.addBan({ target: `198.51.100.${index}`, reason: payload })
  }
})
afterAll(() => simulator.close())

type Form = 'shown' | 'json' | 'quoted'
type Command = (signal: AbortSignal) => Promise<number>
const isJson = (format: string): Form => (format.includes('json') ? 'json' : 'shown')
const flags = () => flagsFor(simulator)
const listed = (name: string, command: typeof players) =>
  FORMATS.map((format): [string, Form, Command] => [
    `${name} --format ${format}`,
    isJson(format),
    (signal) => withClient({ ...flags(), format }, signal, command),
  ])
const exported = (['txt', 'csv', 'json'] as const).map((as): [string, Form, Command] => [
  `bans export --as ${as} -`,
  isJson(as),
  (signal) => exportBans('-', { ...flags(), as }, signal),
])
const executed = FORMATS.filter((format) => format !== 'raw').map((format): [string, Form, Command] => [
  `exec --format ${format}`,
  isJson(format),
  (signal) => withClient({ ...flags(), format }, signal, exec(['players'], {})),
])
const each = async (act: (payload: string) => unknown) => {
  for (const [, payload] of PAYLOADS) await act(payload)
  return 0
}
const hexOf = (text: string) =>
  Buffer.from(encodeServerPacket({ type: 'message', sequence: 0, bytes: encodeText(text) })).toString('hex')
const config = () => {
  const names = PAYLOADS.map(
    ([, , , json]) => `[profiles."${json.replace('\\udb40\\udc41', '\\U000E0041')}"]`,
  )
  return newFile('config.toml', `${names.map((name) => `${name}\nport = 2306`).join('\n')}\n`)
}

/** Profiles with the payloads as names, all for one server. */
const servers = () => {
  flags()
  const names = PAYLOADS.map(([, , , json]) => json.replace('\\udb40\\udc41', '\\U000E0041'))
  const profile = (name: string) => `[profiles."${name}"]\nport = ${simulator.port}\ngame = "battleye"\n`
  return newFile('config.toml', names.map(profile).join('\n'))
}

const OUTPUTS: readonly (readonly [name: string, form: Form, command: Command])[] = [
  ...listed('players', players),
  ...listed('bans', bans),
  ...listed('missions', missions),
  ...exported,
  ...executed,
  [
    'exec --format raw',
    'shown',
    (signal) => withClient({ ...flags(), format: 'raw' }, signal, exec(['players'], {})),
  ],
  ['bans diff', 'shown', (signal) => diffBans(newFile('none.json', '[]'), flags(), signal)],
  ['say', 'shown', (signal) => each((name) => withClient(flags(), signal, say('hello', { to: name })))],
  ['players --all', 'shown', (signal) => withServers({ all: true, config: servers() }, signal, players)],
  ['say --all', 'shown', (signal) => withServers({ all: true, config: servers() }, signal, say('hello', {}))],
  ['profiles', 'shown', () => profiles({ config: config() })],
  ['profiles --format json', 'json', () => profiles({ config: config(), format: 'json' })],
  ['decode', 'json', () => each((text) => decode([hexOf(text)], { format: 'text', from: 'server' }))],
  [
    'decode --format ndjson',
    'json',
    () => each((text) => decode([hexOf(text)], { format: 'ndjson', from: 'server' })),
  ],
  ['an error', 'shown', () => each((text) => note(text))],
  [
    'an error with --verbose',
    'quoted',
    () => each((reply) => reportError(new UnexpectedReplyError({ command: 'kick', reply }), true)),
  ],
  ['an error of others with --verbose', 'shown', () => each((text) => reportError(new Error(text), true))],
  [
    'a usage error',
    'shown',
    (signal) => each((name) => withClient(flags(), signal, kick(`${name}?`, '')).catch(report)),
  ],
]

function report(error: unknown): void {
  reportError(error, true)
}

/** The output of `watch` for lines with the payloads. */
function watched(format: 'text' | 'ndjson'): Promise<Output> {
  let step = 0
  const { format: _format, profile: _profile, ...rest } = flags()
  return outputOf((signal) => watch({ ...rest, format }, signal), {
    onWritten: (stdout, interrupt) => {
      if (step === 0 && stdout.includes('logged in')) {
        step = 1
        for (const [, payload] of PAYLOADS) simulator.world.emit(`(Side) ${payload}: hello`)
        simulator.world.emit('that is all')
      }
      if (step === 1 && stdout.includes('that is all')) {
        step = 2
        interrupt()
      }
    },
  })
}

/** The output in a comparable form: Markdown has its own escapes. */
const unescaped = (text: string) => text.replace(/\\([[\]])/g, '$1')

function check({ stdout, stderr }: Output, form: Form): void {
  const written = unescaped(stdout + stderr)
  expect(CONTROLS.exec(written), JSON.stringify(written.slice(0, 2_000))).toBeNull()
  if (form === 'quoted') return
  for (const [, , shown, json] of PAYLOADS) expect(written).toContain(form === 'json' ? json : shown)
}

describe('at a terminal', () => {
  it.each(OUTPUTS)('%s shows every payload as text', async (_name, form, command) => {
    pretendTerminal('C.UTF-8')
    check(await outputOf(command), form)
  })

  it.each(['text', 'ndjson'] as const)('watch --format %s shows every payload as text', async (format) => {
    pretendTerminal('C.UTF-8')
    check(await watched(format), isJson(format))
  })

  it.each(OUTPUTS)('%s is ASCII in an ASCII locale', async (_name, _form, command) => {
    pretendTerminal('de_DE.ISO-8859-1')
    const { stdout, stderr } = await outputOf(command)
    expect(stdout + stderr).toMatch(/^[\n -~]+$/)
  })
})

describe('into a file', () => {
  it.each(OUTPUTS.filter(([, form]) => form === 'json'))(
    '%s escapes every payload',
    async (_name, form, command) => {
      check(await outputOf(command), form)
    },
  )

  it.each(OUTPUTS.filter(([name]) => /raw|csv|txt/.test(name)))(
    '%s is exact',
    async (_name, _form, command) => {
      const { stdout } = await outputOf(command)
      for (const [, payload] of PAYLOADS) expect(stdout).toContain(payload)
    },
  )
})

it('only the code that makes text safe writes to the terminal', () => {
  const sources = fileURLToPath(new URL('../src', import.meta.url))
  const writers = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .filter((path) =>
      /\bconsole\.|std(out|err)\.write|\boutput\.write/.test(readFileSync(join(sources, path), 'utf8')),
    )
  expect(writers).toEqual([join('output', 'terminal.ts')])
})
