import type { RconErrorCode } from '@bercon/protocol'
import { CODES } from './code-table.js'
import { CLIENT } from './packages/client.js'
import { CORE } from './packages/core.js'
import { ARMA, REFORGER } from './packages/games.js'
import { GATEWAY } from './packages/gateway.js'
import { POOL } from './packages/pool.js'
import { PROTOCOL } from './packages/protocol.js'
import { REMOTE } from './packages/remote.js'
import { RX } from './packages/rx.js'
import { SERVER } from './packages/server.js'
import { SIMULATOR } from './packages/simulator.js'
import { SYNC } from './packages/sync.js'
import { markdownText, type Provocation, type Provoked, provokeAll } from './provocation.js'

/** The calls that fail, by what the reader uses; applications first. */
const CALLS: Readonly<Record<string, readonly Provocation[]>> = {
  '@bercon/client': CLIENT,
  'A pool of @bercon/client': POOL,
  '@bercon/rx': RX,
  '@bercon/sync': SYNC,
  '@bercon/arma': ARMA,
  '@bercon/reforger': REFORGER,
  '@bercon/core': CORE,
  '@bercon/remote': REMOTE,
  '@bercon/gateway': GATEWAY,
  '@bercon/server': SERVER,
  '@bercon/simulator': SIMULATOR,
  '@bercon/protocol': PROTOCOL,
}

/** Every error that a call of a package provokes, by package. */
export type ProvokedByPackage = ReadonlyMap<string, readonly Provoked[]>

export async function provokeEverything(): Promise<ProvokedByPackage> {
  const provoked = new Map<string, readonly Provoked[]>()
  for (const [name, calls] of Object.entries(CALLS)) provoked.set(name, await provokeAll(calls))
  return provoked
}

/** The part of `docs/errors.md` that is written by this program: the table of codes, and a section for each. */
export function errorSections(provoked: ProvokedByPackage): string {
  const codes = Object.keys(CODES) as RconErrorCode[]
  const rows = codes.map((code) => [`[\`${code}\`](#${code})`, classesOf(code, provoked), CODES[code].advice])
  const table = [['Code', 'Class', 'What to do'], ['---', '---', '---'], ...rows]
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return [lines, ...codes.map((code) => section(code, provoked))].join('\n\n')
}

function classesOf(code: RconErrorCode, provoked: ProvokedByPackage): string {
  const names = [...provoked.values()]
    .flat()
    .flatMap(({ error }) => (error.code === code ? [error.name] : []))
  return [...new Set(names)].map((name) => `\`${name}\``).join(', ')
}

function section(code: RconErrorCode, provoked: ProvokedByPackage): string {
  const { when, advice } = CODES[code]
  const messages = [...provoked].flatMap(([name, all]) => {
    const found = all.filter(({ error }) => error.code === code)
    return found.length === 0 ? [] : [`**${shownName(name)}**`, found.map(shown).join('\n')]
  })
  return [`### \`${code}\``, `It occurs when ${when}`, advice, ...messages].join('\n\n')
}

function shownName(name: string): string {
  return name.replace(/@bercon\/[a-z]+/, '`$&`')
}

function shown({ call, when, error }: Provoked): string {
  return `- \`${call}\`${when === undefined ? '' : `, when ${when}`}\n  > ${markdownText(error.message)}`
}
