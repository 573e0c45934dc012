import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Expression, parseSync, Visitor } from 'oxc-parser'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../workspace.js'
import { CODES } from './code-table.js'
import { commandSections, type FailuresByProgram, failEveryCommand } from './commands-page.js'
import { type GatewayProblems, problemSection, provokeProblems } from './problems-page.js'

const PAGE = join(ROOT, 'docs/errors.md')
const SOURCES = [
  'packages/cli/src',
  'packages/conformance/src',
  'packages/gateway/src/process',
  'packages/fleet/src/process',
]
const ERRORS = ['UsageError', 'NotFoundError', 'usageError']

/** Sentences that need a terminal, or for the last a name server. */
const NOT_HERE = [
  'no bytes: pass them as hex, pipe them in, or use --file',
  'no command: pass one or more, each in quotes, or pipe them in, one on each line',
  'canceled; no changes were made',
  'no ban with the number … was listed; "bans" lists them',
  'ban …, of …, is no longer in the list; "bans" lists them',
  'no address is known for …',
  'cannot listen on 127.0.0.1 port …: …; use another --listen',
]

let failures: FailuresByProgram
let gateway: GatewayProblems

beforeAll(async () => {
  failures = await failEveryCommand()
  gateway = await provokeProblems()
}, 600_000)

describe('the page of errors', () => {
  it.each([
    ['commands', () => commandSections(failures)],
    ['problems', () => problemSection(gateway)],
  ])('shows of the %s what the program writes; BERCON_WRITE_ERRORS=1 writes it', (name, section) => {
    const written = new RegExp(`(?<=<!-- ${name}: begin -->\\n\\n)[\\s\\S]*?(?=<!-- ${name}: end -->)`)
    const page = readFileSync(PAGE, 'utf8')
    const { BERCON_WRITE_ERRORS } = process.env
    if (BERCON_WRITE_ERRORS === '1')
      writeFileSync(
        PAGE,
        page.replace(written, () => `${section()}\n\n`),
      )
    else expect(written.exec(page)?.[0]).toBe(`${section()}\n\n`)
  })

  it('shows every sentence with which a command refuses what was typed', () => {
    const texts = SOURCES.flatMap((folder) => sentencesIn(join(ROOT, folder)))
    expect(texts.length).toBeGreaterThan(60)
    const messages = [...failures.values()].flat().map(({ message }) => message)
    const isShown = (text: string) => messages.some((message) => pattern(text).test(message))
    expect(texts.filter((text) => !isShown(text) && !NOT_HERE.includes(text))).toEqual([])
  })

  it('shows each code of the gateway: as a problem, or as an error of the client', () => {
    const shown = new Set(gateway.problems.map(({ code }) => code))
    const missing = [...gateway.statuses.keys()].filter((code) => !shown.has(code) && !(code in CODES))
    // Only a defect of the gateway has it.
    expect(missing).toEqual(['internal'])
    for (const { code, status } of gateway.problems)
      expect([code, status]).toEqual([code, gateway.statuses.get(code)])
  })

  it('shows no password of a command', () => {
    const messages = [...failures.values()].flat().map(({ message }) => message)
    expect(messages.filter((message) => message.includes('hunter'))).toEqual([])
  })
})

/** The sentences that the sources of a folder refuse with; `…` stands for a value. */
function sentencesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) => {
      const found: string[] = []
      const note = (callee: Expression, [first]: readonly unknown[]) => {
        if (callee.type !== 'Identifier' || !ERRORS.includes(callee.name)) return
        const text = textOf(first as Expression | undefined)
        // Of a value alone there is no sentence here.
        if (text !== undefined && /[a-z]{2}/.test(text)) found.push(text)
      }
      const visitor = new Visitor({
        NewExpression: ({ callee, arguments: given }) => note(callee, given),
        CallExpression: ({ callee, arguments: given }) => note(callee, given),
      })
      visitor.visit(parseSync(path, readFileSync(join(folder, path), 'utf8')).program)
      return found
    })
}

function textOf(node: Expression | undefined): string | undefined {
  if (node?.type === 'Literal') return String(node.value)
  if (node?.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked ?? '').join('…')
  return undefined
}

function pattern(text: string): RegExp {
  const parts = text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`(?:^|: )${parts.join('[\\s\\S]*')}$`)
}
