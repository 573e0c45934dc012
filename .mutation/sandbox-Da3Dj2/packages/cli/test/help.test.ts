// @ts-nocheck
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { COMMANDS } from '../src/commands/index.js'
import { createProgram } from '../src/program/create-program.js'
import { bercon } from './bercon-process.js'
import { outputOf } from './output-of.js'

const NAMES = COMMANDS.map(({ name }) => name)

it('--help lists every command, with an example of each, and every exit code', async () => {
  const { code, stdout, stderr } = await bercon(['--help'])
  expect([code, stderr]).toEqual([0, ''])
  for (const name of NAMES) expect(stdout).toMatch(new RegExp(`^ {2}${name} +[a-z]`, 'm'))
  for (const name of NAMES) expect(stdout).toMatch(new RegExp(`^ {2}\\$ .*bercon ${name}`, 'm'))
  for (const exitCode of [0, 1, 2, 3, 4, 5, 6, 7, 130])
    expect(stdout).toMatch(new RegExp(`^ {2}${exitCode} +[a-z]`, 'm'))
})

it.each(NAMES)('the help of %s has examples, and lists their flags', async (name) => {
  const program = await createProgram([name])
  const command = program.commands.find((each) => each.name() === name)
  const { stdout } = await outputOf(async () => {
    command?.outputHelp()
    return 0
  })
  const [help = '', examples = ''] = stdout.split(/\nExamples?:\n/)
  expect(examples).toContain(`bercon ${name}`)
  const own = examples.split('\n').filter((line) => line.includes(`bercon ${name} -`))
  for (const flag of own.flatMap((line) => line.match(/--[a-z-]+/g) ?? [])) expect(help).toContain(`${flag} `)
})

it('--version is that of the package', async () => {
  const { version } = createRequire(import.meta.url)('../package.json')
  expect((await bercon(['--version'])).stdout).toBe(`${version}\n`)
})

it('an unknown command is refused with a similar one as a suggestion', async () => {
  expect(await bercon(['plaiers'])).toEqual({
    code: 1,
    stdout: '',
    stderr: "bercon: unknown command 'plaiers' (Did you mean players?)\n",
  })
})
