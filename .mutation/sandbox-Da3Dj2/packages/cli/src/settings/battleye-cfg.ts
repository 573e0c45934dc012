// @ts-nocheck
import { isIpAddress } from '@bercon/client'
import type { Game } from './checks.js'

/** A problem in a server's file. */
export interface CfgProblem {
  /** Something does not work; something is not as most want it; or all is well, but looks otherwise. */
  readonly kind: 'bad' | 'note' | 'hint'
  /** The problem and what to change; never a password. */
  readonly text: string
  /** What it is about. */
  readonly about: CfgSubject
}

/** What RCON needs of the file; `rights` are what it allows those who log in. */
export type CfgSubject = 'password' | 'port' | 'address' | 'rights'

/** What the file says, as far as it can be read, and what is wrong with it. */
export interface CfgContent {
  readonly password: string | undefined
  readonly port: number | undefined
  /** The address that RCON listens on; `undefined` for all of them. */
  readonly ip: string | undefined
  /** The game whose file it is, where that says which RCON it runs. */
  readonly game: Game | undefined
  readonly problems: readonly CfgProblem[]
}

interface Entry {
  readonly line: number
  /** The first word; the server reads no further. */
  readonly value: string
}

/** What a server writes for every address that it has: none to connect to. */
export const ANY_ADDRESS: readonly string[] = ['0.0.0.0', '::']
const MOST_PORT = 65_535

/** Reads a `BEServer_x64.cfg`: lines `Key Value`, of which a later one has precedence. */
export function readBattleyeCfg(text: string): CfgContent {
  const { entries, problems } = readEntries(text.replace(/^\uFEFF/, ''))
  const port = portOf(entries.get('rconport'), problems)
  const password = passwordOf(entries.get('rconpassword'), problems)
  const ip = ipOf(entries.get('rconip'), problems)
  checkRestriction(entries.get('restrictrcon'), problems)
  return { port, password, ip, game: undefined, problems }
}

const KEYS: ReadonlyMap<string, readonly [key: string, about: CfgSubject]> = new Map([
  ['rconpassword', ['RConPassword', 'password']],
  ['rconport', ['RConPort', 'port']],
  ['rconip', ['RConIP', 'address']],
  ['restrictrcon', ['RestrictRCon', 'rights']],
])

function readEntries(text: string): { entries: ReadonlyMap<string, Entry>; problems: CfgProblem[] } {
  const entries = new Map<string, Entry>()
  const problems: CfgProblem[] = []
  for (const [index, written] of text.split(/\r\n|\n|\r/).entries()) {
    const line = index + 1
    const [, word = '', sign = '', rest = ''] = /^\s*([A-Za-z]+)(\s*=)?(.*)$/.exec(written) ?? []
    const [key, about] = KEYS.get(word.toLowerCase()) ?? []
    if (key === undefined || about === undefined) continue
    if (sign !== '') {
      problems.push({ kind: 'bad', about, text: `line ${line}: write a blank, not "=": "${key} …"` })
      continue
    }
    // Such as `RConPortX`: no key of ours.
    if (rest !== '' && !/^\s/.test(rest)) continue
    const [value = '', ...others] = rest.trim().split(/\s+/)
    entries.set(key.toLowerCase(), { line, value: value.startsWith('//') ? '' : value })
    if (others.length > 0 && !value.startsWith('//'))
      problems.push({
        kind: 'hint',
        about,
        text: `line ${line}: text follows the value of ${key}; only its first word counts`,
      })
  }
  return { entries, problems }
}

/** Whether there is a line about it that is not read. */
function isMisspelt(problems: readonly CfgProblem[], subject: CfgSubject): boolean {
  return problems.some(({ kind, about }) => kind === 'bad' && about === subject)
}

function portOf(entry: Entry | undefined, problems: CfgProblem[]): number | undefined {
  const bad = (text: string) =>
    problems.push({
      kind: 'bad',
      about: 'port',
      text: `${text}: write a port from 1 to 65535, another than the game port, such as "RConPort 2306"`,
    })
  if (entry === undefined) {
    if (!isMisspelt(problems, 'port')) bad('RConPort is not in it')
    return undefined
  }
  const port = Number(/^\d{1,6}(?!\w)/.exec(entry.value)?.[0] ?? 0)
  if (port >= 1 && port <= MOST_PORT) return port
  // Without the value: if lines are mixed up, it is a password.
  bad(`line ${entry.line}: RConPort is no port`)
  return undefined
}

function passwordOf(entry: Entry | undefined, problems: CfgProblem[]): string | undefined {
  const bad = (text: string) =>
    problems.push({
      kind: 'bad',
      about: 'password',
      text: `${text}, and without one the server answers nobody: write "RConPassword …", without blanks`,
    })
  if (entry === undefined) {
    if (!isMisspelt(problems, 'password')) bad('RConPassword is not in it')
    return undefined
  }
  if (entry.value !== '') return entry.value
  bad(`line ${entry.line}: RConPassword has no value`)
  return undefined
}

function ipOf(entry: Entry | undefined, problems: CfgProblem[]): string | undefined {
  if (entry === undefined || ANY_ADDRESS.includes(entry.value)) return undefined
  if (isIpAddress(entry.value)) return entry.value
  problems.push({
    kind: 'bad',
    about: 'address',
    text: `line ${entry.line}: RConIP is no IP address: write one of the server, or leave the line out`,
  })
  return undefined
}

function checkRestriction(entry: Entry | undefined, problems: CfgProblem[]): void {
  const fix = 'write "RestrictRCon 0"'
  const add = (kind: CfgProblem['kind'], text: string) => problems.push({ kind, about: 'rights', text })
  const digits = entry === undefined ? undefined : /^\d+/.exec(entry.value)?.[0]
  if (entry === undefined) {
    if (!isMisspelt(problems, 'rights'))
      add('note', `RestrictRCon is not in it: ${fix}, so that every command is allowed`)
  } else if (digits === undefined) add('bad', `line ${entry.line}: RestrictRCon must be 0 or 1: ${fix}`)
  else if (Number(digits) !== 0)
    add(
      'bad',
      `line ${entry.line}: RestrictRCon is ${digits}: commands that change anything are refused; ${fix}`,
    )
}
