import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../src/program/create-program.js'
import { bercon } from './bercon-process.js'
import { outputOf } from './output-of.js'

const completed = (script: string, ...words: readonly string[]) => {
  const quoted = words.map((word) => `'${word}'`).join(' ')
  const lines = [
    script,
    `COMP_WORDS=(${quoted})`,
    `COMP_CWORD=${words.length - 1}`,
    '_bercon',
    'printf %s "$COMPREPLY"',
  ]
  return execFileSync('bash', ['-c', lines.join('\n')], { encoding: 'utf8' }).trim()
}

it('bash completes commands, what is below them, and flags', async () => {
  const { code, stdout } = await bercon(['completion', 'bash'])
  expect(code).toBe(0)
  expect(completed(stdout, 'bercon', 'pl')).toBe('players')
  expect(completed(stdout, 'bercon', 'bans', 'ex')).toBe('export')
  expect(completed(stdout, 'bercon', 'players', '--fo')).toBe('--format')
})

describe('other shells', () => {
  const scriptFor = async (shell: string) => {
    const program = await createProgram(['completion', shell])
    const run = async () => {
      await program.parseAsync(['completion', shell], { from: 'user' })
      return 0
    }
    return (await outputOf(run)).stdout
  }

  it('have scripts of their own', async () => {
    expect(await scriptFor('zsh')).toMatch(/^#compdef bercon\n/)
    expect(await scriptFor('fish')).toContain(
      "complete -c bercon -n __fish_use_subcommand -f -a players -d 'who is on the server'\n",
    )
  })

  it('that are not known are refused', async () => {
    const { code, stderr } = await bercon(['completion', 'tcsh'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('Allowed choices are bash, zsh, fish')])
  })
})
