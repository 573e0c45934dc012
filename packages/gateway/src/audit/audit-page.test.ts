import { existsSync, mkdirSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.js'
import { type AuditQuery, readAuditPage } from './audit-page.js'

/** A folder with files of so many entries each, numbered through. */
function folderWith(...counts: number[]): string {
  const folder = join(temporaryFolder(), 'audit')
  mkdirSync(folder)
  let number = 0
  for (const [index, count] of counts.entries()) {
    const lines = Array.from({ length: count }, () => {
      number++
      const user = number % 2 === 0 ? 'ann' : 'bob'
      const server = number % 3 === 0 ? 'tanoa' : 'altis'
      return JSON.stringify({
        id: String(number),
        event: 'outcome',
        user,
        server,
        outcome: 'answered',
        command: 'é'.repeat(number % 50),
      })
    })
    writeFileSync(join(folder, `2026-01-0${index + 1}T00-00-00.000Z.ndjson`), `${lines.join('\n')}\n`)
  }
  return folder
}

async function idsOf(folder: string, query: Partial<AuditQuery> = {}) {
  const { entries, next } = await readAuditPage(folder, { limit: 1_000, ...query })
  return { ids: entries.map(({ id }) => Number(id)), next }
}

const down = (from: number, to = 1) => Array.from({ length: from - to + 1 }, (_, index) => from - index)

it('reads the newest entries first, over the files', async () => {
  expect(await idsOf(folderWith(3, 2))).toEqual({ ids: down(5), next: null })
})

it('goes on where the page before has ended, with every entry once', async () => {
  const folder = folderWith(900, 1_500)
  const ids: number[] = []
  let before: string | undefined
  do {
    const page = await idsOf(folder, { limit: 700, before })
    expect(page.ids.length).toBe(page.next === null ? 300 : 700)
    ids.push(...page.ids)
    before = page.next ?? undefined
  } while (before !== undefined)
  expect(ids).toEqual(down(2_400))
})

it('reads only what is asked for, and what may be shown', async () => {
  const folder = folderWith(12)
  expect((await idsOf(folder, { user: 'ann' })).ids).toEqual([12, 10, 8, 6, 4, 2])
  expect((await idsOf(folder, { server: 'tanoa' })).ids).toEqual([12, 9, 6, 3])
  expect((await idsOf(folder, { outcome: 'refused' })).ids).toEqual([])
  expect((await idsOf(folder, { outcome: 'answered', user: 'bob' })).ids).toEqual([11, 9, 7, 5, 3, 1])
  const shows = (server: string) => server === 'altis'
  expect((await idsOf(folder, { shows })).ids).toEqual([11, 10, 8, 7, 5, 4, 2, 1])
  const login = '{"id":"13","event":"login","server":null}\n'
  writeFileSync(join(folder, '2026-01-02T00-00-00.000Z.ndjson'), login)
  expect((await idsOf(folder, { shows: () => false })).ids).toEqual([13])
})

it('reads no more than 32 MiB for one page, and goes on from there', async () => {
  const folder = folderWith(1)
  const line = (number: number) => `{"id":"${number}","event":"login","x":"`
  const lines = Array.from({ length: 33 }, (_, index) => `${line(index).padEnd(2 ** 20 - 3, 'x')}"}\n`)
  const path = join(folder, '2026-01-02T00-00-00.000Z.ndjson')
  writeFileSync(path, lines.join(''))
  const first = await idsOf(folder)
  expect(first.ids).toEqual(down(32))
  expect(first.next).toBe(`2026-01-02T00-00-00.000Z.ndjson:${2 ** 20}`)
  expect(await idsOf(folder, { before: first.next ?? undefined })).toEqual({ ids: [0, 1], next: null })
})

it('leaves no file open, and hides no trouble with one', async () => {
  const folder = folderWith(2, 2)
  await idsOf(folder, { limit: 3 })
  const descriptors = '/proc/self/fd'
  const open = existsSync(descriptors) ? readdirSync(descriptors) : []
  expect(open.filter((name) => targetOf(join(descriptors, name)).startsWith(folder))).toEqual([])
  const loop = join(folder, '2026-01-05T00-00-00.000Z.ndjson')
  symlinkSync(loop, loop)
  await expect(idsOf(folder)).rejects.toMatchObject({ code: 'ELOOP' })
})

/** Empty for what is closed meanwhile. */
function targetOf(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

it('passes over a line that is torn, and other files', async () => {
  const folder = folderWith(2)
  writeFileSync(
    join(folder, '2026-01-09T00-00-00.000Z.ndjson'),
    '\n{"torn\n{"id":"9","event":"login"}\n\nnull\n5\n"event"\n{"id":"8"}\n',
  )
  writeFileSync(join(folder, '2026-01-10T00-00-00.000Z.ndjson'), '')
  writeFileSync(join(folder, 'notes.txt'), 'not an audit')
  expect(await idsOf(folder)).toEqual({ ids: [9, 2, 1], next: null })
})

it('passes over a file that was deleted meanwhile', async () => {
  const folder = folderWith(2)
  symlinkSync(join(folder, 'gone'), join(folder, '2026-01-05T00-00-00.000Z.ndjson'))
  expect(await idsOf(folder)).toEqual({ ids: [2, 1], next: null })
})

it('reads no further than a file is long, whatever end is named', async () => {
  const folder = folderWith(2)
  const before = '2026-01-01T00-00-00.000Z.ndjson:999999999999999'
  expect(await idsOf(folder, { before })).toEqual({ ids: [2, 1], next: null })
})

it.each(['x', '../../etc/passwd:0', '2026-01-01T00-00-00.000Z.ndjson', 'a.ndjson:1e3'])(
  'refuses %j as the end of a page',
  async (before) => {
    await expect(idsOf(folderWith(1), { before })).rejects.toMatchObject({
      argument: 'before',
      expected: 'the next of an earlier page',
    })
  },
)
