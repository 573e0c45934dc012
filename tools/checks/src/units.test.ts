import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const UNIT = /```ini\n# \/etc\/systemd\/system\/(\S+)\n(.*?)```/gs
const PROGRAMS = ['bercon-fleet', 'bercon-gateway']

/** The units that the guides have to copy, by file name. */
const units = new Map(
  readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => [...readFileSync(join(ROOT, 'docs', name), 'utf8').matchAll(UNIT)])
    .map(([, file = '', text = '']) => [file, text]),
)
const folder = mkdtempSync(join(tmpdir(), 'bercon-units-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('there is a unit for each program that runs as a service', () => {
  const started = [...units.values()].map((text) => /^ExecStart=\/usr\/bin\/env (\S+) /m.exec(text)?.[1])
  expect(started.sort()).toEqual(PROGRAMS)
})

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

describe('a unit of the guides', () => {
  it.runIf(hasSystemd).each([...units])('%s has no fault that systemd finds', (file, text) => {
    const path = join(folder, file)
    writeFileSync(path, text)
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' })
    // It also finds faults of the machine's own units; to its exit code an unknown key is none.
    const name = file.replace(/@?\.service$/, '')
    expect(stderr.split('\n').filter((line) => line.includes(folder) || line.includes(name))).toEqual([])
  })
})
