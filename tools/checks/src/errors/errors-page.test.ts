import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../workspace.js'
import { CODES } from './code-table.js'
import { errorSections, type ProvokedByPackage, provokeEverything } from './errors-page.js'

const PAGE = join(ROOT, 'docs/errors.md')
const WRITTEN = /(?<=<!-- errors: begin -->\n\n)[\s\S]*?(?=<!-- errors: end -->)/

let provoked: ProvokedByPackage

beforeAll(async () => {
  provoked = await provokeEverything()
}, 30_000)

it('the page of errors is what the program writes; BERCON_WRITE_ERRORS=1 writes it', () => {
  const page = readFileSync(PAGE, 'utf8')
  const sections = `${errorSections(provoked)}\n\n`
  const { BERCON_WRITE_ERRORS } = process.env
  if (BERCON_WRITE_ERRORS === '1')
    writeFileSync(
      PAGE,
      page.replace(WRITTEN, () => sections),
    )
  else expect(WRITTEN.exec(page)?.[0]).toBe(sections)
})

describe('the calls on the page', () => {
  it('provoke every code that a source declares', () => {
    const declared = sources().flatMap((source) => codesDeclaredIn(source))
    expect(new Set(declared).size).toBeGreaterThan(15)
    expect(declared.filter((code) => !(code in CODES))).toEqual([])
    const seen = new Set(errors().map(({ code }) => code))
    expect(Object.keys(CODES).filter((code) => !seen.has(code as never))).toEqual([])
  })

  it('provoke every class of error that a source declares', () => {
    const declared = sources().flatMap((source) => classesDeclaredIn(source))
    expect(declared.length).toBeGreaterThan(15)
    const seen = new Set(errors().map(({ name }) => name))
    expect(declared.filter((name) => !seen.has(name))).toEqual([])
  })

  it('are each on the page once', () => {
    const calls = [...provoked.values()]
      .flat()
      .map(({ call, when, error }) => `${call} ${when} ${error.message}`)
    expect(calls.filter((call, at) => calls.indexOf(call) !== at)).toEqual([])
  })
})

describe('each message', () => {
  it('starts with a capital letter, a name or an address, is one line, and ends without a full stop', () => {
    const messages = errors().map(({ message }) => message)
    expect(messages.filter((message) => !/^[A-Za-z0-9"][^\n]*[^.\n]$/.test(message))).toEqual([])
    expect(
      messages.filter(
        (message) =>
          /undefined|\[object|NaN ms|null/.test(message) && !/but is (undefined|NaN)$/.test(message),
      ),
    ).toEqual([])
  })

  it('has no password in it, wherever it was passed', () => {
    const all = errors().map((error) => JSON.stringify({ ...error, message: error.message }))
    expect(all.filter((text) => text.includes('hunter'))).toEqual([])
  })
})

function errors() {
  return [...provoked.values()].flat().map(({ error }) => error)
}

function sources(): readonly string[] {
  const packages = join(ROOT, 'packages')
  const paths = readdirSync(packages).flatMap((name) =>
    readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(packages, name, 'src', path),
    ),
  )
  return paths
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(path, 'utf8'))
}

function codesDeclaredIn(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '')
  return [...code.matchAll(/interface RconErrorCodes \{([^}]*)\}/g)].flatMap(([, body = '']) =>
    [...body.matchAll(/^\s*'?([a-z-]+)'?: RconError/gm)].map(([, name = '']) => name),
  )
}

/** Classes that can be instantiated; those of the command line carry no code and stay inside it. */
function classesDeclaredIn(source: string): readonly string[] {
  const declared =
    /^export class (\w+) extends (?:RconError|LoginFailure|RconCommandError|UnansweredError|\w*RconError\w*)\b/gm
  return [...source.matchAll(declared)].map(([, name = '']) => name)
}
