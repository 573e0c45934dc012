import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { bercon } from './bercon-process.js'

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

it('zsh and fish have scripts of their own, others are refused', async () => {
  const [zsh, fish, other] = await Promise.all(
    ['zsh', 'fish', 'tcsh'].map((shell) => bercon(['completion', shell])),
  )
  expect(zsh?.stdout).toMatch(/^#compdef bercon\n/)
  expect(fish?.stdout).toContain(
    "complete -c bercon -n __fish_use_subcommand -f -a players -d 'who is on the server'\n",
  )
  expect(other?.code).toBe(1)
})
