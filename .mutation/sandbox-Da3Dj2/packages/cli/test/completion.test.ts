// @ts-nocheck
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createProgram } from '../src/program/create-program.js'
import { bercon } from './bercon-process.js'
import { newFolder } from './new-folder.js'
import { outputOf } from './output-of.js'

const scripts = new Map<string, string>()
beforeAll(async () => {
  for (const shell of ['zsh', 'fish']) {
    const program = await createProgram(['completion', shell])
    const run = async () => {
      await program.parseAsync(['completion', shell], { from: 'user' })
      return 0
    }
    scripts.set(shell, (await outputOf(run)).stdout)
  }
})

const scriptFor = (shell: string) => scripts.get(shell) ?? ''

const quoted = (word: string) => `'${word}'`

/** A folder with two files, one with a space in its name. */
function folder(): string {
  const cwd = newFolder()
  mkdirSync(join(cwd, 'f'))
  for (const name of ['a b.txt', 'pw']) writeFileSync(join(cwd, 'f', name), '')
  return cwd
}

const FILES = ['f/a b.txt', 'f/pw']
const FORMATS = ['table', 'json', 'ndjson', 'csv', 'md', 'raw', 'html']

const CASES: readonly (readonly [words: readonly string[], completed: readonly string[]])[] = [
  [['pl'], ['players']],
  [
    ['bans', ''],
    ['export', 'diff', 'import', 'apply'],
  ],
  [['bans', 'ex'], ['export']],
  [['bans', 'apply', 'f/'], FILES],
  [['bans', '--profile', 'main', 'apply', 'f/'], FILES],
  [['bans', 'apply', 'f/pw', ''], []],
  [
    ['bans', 'apply', '--as', ''],
    ['txt', 'json', 'csv'],
  ],
  [['players', '--fo'], ['--format']],
  [['players', '--format', ''], FORMATS],
  [['bans', 'export', '-f', 'j'], ['json']],
  [['players', '--format', 'json', '--geo'], ['--geoip']],
  [['players', '--password-file', 'f/'], FILES],
  [['players', '--server-cfg', 'f/p'], ['f/pw']],
  [['watch', '--only', 'playerV'], ['playerVerifyGuid']],
  [['players', '--host', ''], []],
  [['decode', '--file', 'f/p'], ['f/pw']],
  [
    ['simulate', '--world', ''],
    ['arma3', 'dayz', 'reforger'],
  ],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['kick', ''], []],
  [['kick', '--game', 'ref'], ['reforger']],
  [['kick', 'Rook', '--'], []],
  [['exec', ''], []],
  [
    ['help', 'bans', ''],
    ['export', 'diff', 'import', 'apply'],
  ],
  [['help', 'pl'], ['players']],
  [['players', '$(touch evil)'], []],
]

describe('bash completes', () => {
  let script: string
  beforeAll(async () => {
    const { code, stdout } = await bercon(['completion', 'bash'])
    expect(code).toBe(0)
    script = stdout
  })

  const completed = (cwd: string, words: readonly string[]): readonly string[] => {
    const lines = [
      script,
      `COMP_WORDS=(${['bercon', ...words].map(quoted).join(' ')})`,
      `COMP_CWORD=${words.length}`,
      '_bercon',
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]
    const text = execFileSync('bash', ['--norc', '-c', lines.join('\n')], { cwd, encoding: 'utf8' })
    return text.split('\n').filter((line) => line !== '')
  }

  it.each([
    ...CASES,
    // Bash splits these into three words.
    [['players', '--format', '=', 'j'], ['json']],
    [['players', '--format', '='], FORMATS],
    [['players', '--password-file', '=', 'f/p'], ['f/pw']],
  ] as typeof CASES)('%j to %j', (words, expected) => {
    const cwd = folder()
    expect(completed(cwd, words)).toEqual(expected)
    expect(existsSync(join(cwd, 'evil'))).toBe(false)
  })

  it('only these files: the script does not fall back to others', () => {
    expect(script).toMatch(/^complete -F _bercon bercon$/m)
  })
})

const hasFish = spawnSync('fish', ['--version']).status === 0

describe(hasFish ? 'fish completes' : 'fish, which is not installed here, is given', () => {
  it.each([...CASES, [['players', '--format=j'], ['--format=json']]] as typeof CASES)(
    '%j to %j',
    (words, expected) => {
      const script = scriptFor('fish')
      if (!hasFish) {
        for (const word of expected.filter((each) => !each.startsWith('f/')))
          expect(script).toContain(word.replace(/^.*=/, ''))
        return
      }
      const asked = `complete -C ${quoted(['bercon', ...words].map((word) => word.replaceAll("'", "\\'")).join(' '))}`
      const text = execFileSync('fish', ['--no-config', '-c', `${script}\n${asked}`], {
        cwd: folder(),
        encoding: 'utf8',
      })
      const found = text.split('\n').flatMap((line) => (line === '' ? [] : [line.replace(/\t.*/, '')]))
      expect(found.toSorted()).toEqual(expected.toSorted())
    },
  )

  it('words with their descriptions', () => {
    expect(scriptFor('fish')).toContain("'players\tlist the players on the server'")
  })
})

describe('zsh', () => {
  it('runs the script of bash, without variables of its own', () => {
    const script = scriptFor('zsh')
    expect(script).toMatch(/^#compdef bercon\n/)
    const locals = script
      .match(/^ {2}local .*$/gm)
      ?.flatMap((line) => line.match(/\w+(?==)| \w+(?= |$)/g) ?? [])
    expect(locals?.length).toBeGreaterThan(5)
    for (const name of ['path', 'words', 'options', 'status', 'argv', 'prompt', 'signals'])
      expect(locals?.map((local) => local.trim())).not.toContain(name)
  })
})

it('an unknown shell is refused', async () => {
  const { code, stderr } = await bercon(['completion', 'tcsh'])
  expect([code, stderr]).toEqual([1, expect.stringContaining('Allowed choices are bash, zsh, fish')])
})
