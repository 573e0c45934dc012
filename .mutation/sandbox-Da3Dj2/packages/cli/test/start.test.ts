// @ts-nocheck
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { BIN } from './bercon-process.js'

const PROBE = fileURLToPath(new URL('loaded.cjs', import.meta.url))
// What several bundles need of the bundler.
const RUNTIME = 'rolldown-runtime.cjs'

/** The files of ours that the command loads for these words, and the modules of Node's. */
function loadedFor(...words: readonly string[]): Record<'files' | 'modules', readonly string[]> {
  const { stderr } = spawnSync(process.execPath, ['-r', PROBE, BIN, ...words], { encoding: 'utf8' })
  const [said = ''] = /\{.*\}$/.exec(stderr) ?? []
  const { files, modules } = JSON.parse(said)
  return { files: files.map((path: string) => basename(path)), modules }
}

it('loads one file before it knows what to do, and no module of Node that only some commands need', () => {
  const { files, modules } = loadedFor('--help')
  expect(files).toEqual(['bin.cjs', RUNTIME])
  for (const late of ['child_process', 'dgram', 'readline', 'worker_threads'])
    expect(modules).not.toContain(late)
})

it.each(['ClientSession', 'RconClient', 'GameWorld'])('has no %s in the file that it loads first', (name) => {
  expect(readFileSync(BIN, 'utf8')).not.toMatch(new RegExp(`class ${name}\\b|\\b${name} = class`))
})

it('loads one more to talk to a server', () => {
  const { files } = loadedFor('players', '--game', 'battleye', '--port', '0')
  expect(files).toEqual(['bin.cjs', RUNTIME, 'login.cjs'])
})
