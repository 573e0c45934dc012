import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type PublishedPackage, publishedPackages } from '../workspace.js'
import { apiReports } from './api-report.js'
import { exportTable } from './export-table.js'
import { globalNames } from './global-names.js'
import { declaredNames, namesIn, namesText, publicNames } from './public-names.js'

const packages = [...publishedPackages().values()].filter(({ entries }) => entries.length > 0)
const specifiers = packages.flatMap(({ entries }) => entries.map(({ specifier }) => specifier))
const reports = apiReports(packages)
const globals = globalNames()

describe.each(packages.map((found) => [found.name, found] as const))('%s', (_name, found) => {
  // A name or a signature that appears, disappears or changes is a promise made or broken. If it is intended, `vitest
  // run tools/checks -u` writes the files again, and the difference is reviewed with the change.
  it('exports what its public-names.md says, no more and no less', async () => {
    await expect(namesText(found, reports)).toMatchFileSnapshot(join(found.folder, 'public-names.md'))
  })

  it('exports no name that shadows a global of Node or of a browser', async () => {
    const names = (await publicNames(found, reports)).flatMap(({ values, types }) => [...values, ...types])
    expect(names.filter((name) => globals.has(name))).toEqual([])
  })

  const table = exportTable(readFileSync(join(found.folder, 'README.md'), 'utf8'))

  it('names every importable value in the table of its README', async () => {
    const values = (await publicNames(found, reports)).flatMap((entry) => entry.values)
    expect(values.filter((value) => !table?.mentioned.has(value))).toEqual([])
  })

  it('has only rows for importable names', async () => {
    const own = await publicNames(found, reports)
    const below = packages.filter(({ name }) => own.some(({ everythingOf }) => everythingOf.includes(name)))
    const names = [...own, ...(await Promise.all(below.map((each) => publicNames(each, reports)))).flat()]
    const known = [...names.flatMap(({ values, types }) => [...values, ...types]), ...specifiers]
    expect(table?.subjects.filter((subject) => !known.includes(subject))).toEqual([])
  })
})

// Each client has its own, because their methods return different types.
const ONE_PER_FLAVOR = ['Ban', 'Player']

it('no two packages use the same name for different things', () => {
  const owners = packages.map(({ entries }) => [
    ...new Set(entries.flatMap(({ specifier }) => declaredNames(reports.get(specifier) ?? ''))),
  ])
  const seen = new Set(ONE_PER_FLAVOR)
  const twice = owners.flatMap((names) => {
    const again = names.filter((name) => seen.has(name) && !ONE_PER_FLAVOR.includes(name))
    for (const name of names) seen.add(name)
    return again
  })
  expect(owners.flat().length).toBeGreaterThan(300)
  expect(twice).toEqual([])
})

describe('the check itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bercon-names-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  /** A built package with these declarations. */
  function newPackage(name: string, declarations: string): PublishedPackage {
    const manifest = { name, version: '1.0.0', exports: {}, type: 'module' }
    write(`${name}/package.json`, JSON.stringify(manifest))
    write(`${name}/index.d.ts`, "export * from './part.js'\nexport * from 'other'\n")
    write(`${name}/part.d.ts`, declarations)
    const entry = { specifier: name, types: 'index.d.ts', default: 'index.js' }
    return { name, folder: join(folder, name), path: '', manifest, entries: [entry] }
  }

  write('node_modules/other/package.json', '{ "name": "other", "version": "1.0.0", "types": "index.d.ts" }')
  write('node_modules/other/index.d.ts', 'export declare const other: 1')
  const talker = `/** Says so. */
export declare class Talker {
    #secret;
    private readonly hidden;
    constructor(volume?: number);
    say(text: string): boolean;
}
export type Words = readonly string[];
export declare const LOUD: number;
`
  const made = apiReports([
    newPackage('talker', talker),
    newPackage('changed', talker.replace('volume?:', 'volume:')),
  ])

  it('reads names with their signatures, without comments and private members', () => {
    const report = made.get('talker') ?? ''
    expect(report.split(/\n+/)).toEqual([
      'export const LOUD: number;',
      'export class Talker {',
      '    constructor(volume?: number);',
      '    say(text: string): boolean;',
      '}',
      'export type Words = readonly string[];',
      'export * from "other";',
    ])
    expect(namesIn(report, { LOUD: 1, Talker: 2 })).toEqual({
      everythingOf: ['other'],
      values: ['LOUD', 'Talker'],
      types: ['Words'],
    })
  })

  it('knows the globals of Node and of browsers', () => {
    const known = ['Buffer', 'process', 'Request', 'MessageEvent', 'ErrorEvent', 'document', 'alert', 'Map']
    expect(known.filter((name) => !globals.has(name))).toEqual([])
    expect(globals.size).toBeGreaterThan(800)
    expect(globals.has('RconClient')).toBe(false)
  })

  it('finds a changed signature', () => {
    expect(made.get('changed')).not.toBe(made.get('talker'))
  })

  it('parses a table by its columns', () => {
    const table = exportTable('| Export | What |\n|---|---|\n| `kick(id)`, `@a/b/c` | see `Ban.unban` |\n')
    expect(table?.subjects).toEqual(['kick', '@a/b/c'])
    expect([...(table?.mentioned ?? [])]).toEqual(['kick', 'id', 'a', 'b', 'c', 'Ban', 'unban'])
    expect(exportTable('| Other |\n|---|\n| `x` |\n')).toBeUndefined()
  })
})
