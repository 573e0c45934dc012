import * as fs from 'node:fs'
import { join } from 'node:path'
import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.js'
import { type AuditDisk, AuditFiles, auditFiles } from './audit-files.js'
import { type AuditGiven, auditOptions } from './audit-options.js'

function open(given: Partial<AuditGiven> = {}, disk: Partial<AuditDisk> = {}) {
  const directory = given.directory ?? join(temporaryFolder(), 'audit')
  const clock = new VirtualClock()
  const troubles: Error[] = []
  const files = new AuditFiles(auditOptions({ ...given, directory }), {
    clock,
    disk: { ...fs, ...disk },
    onTrouble: (error) => troubles.push(error),
  })
  const texts = () => auditFiles(directory).map((name) => fs.readFileSync(join(directory, name), 'utf8'))
  return { directory, clock, files, troubles, texts }
}

describe('the files of an audit', () => {
  it('have each line when append returns, and can be read by nobody else', () => {
    const { files, texts, directory } = open()
    files.append('one')
    files.append('two')
    expect(texts()).toEqual(['one\ntwo\n'])
    const [name = ''] = auditFiles(directory)
    expect(name).toBe('2026-01-01T00-00-00.000Z.ndjson')
    expect(fs.statSync(join(directory, name)).mode & 0o077).toBe(0)
    expect(fs.statSync(directory).mode & 0o077).toBe(0)
  })

  it('are begun again when one is large or old, and the oldest are deleted', () => {
    const { files, texts, clock } = open({ maxBytes: 1_000, maxAgeMs: 60_000, keepFiles: 3 })
    const line = 'x'.repeat(600)
    files.append(`1${line}`)
    files.append(`2${line}`)
    clock.advance(59_000)
    files.append('3')
    // The second file begins a moment after the first.
    clock.advance(1_001)
    files.append('4')
    clock.advance(60_000)
    files.append('5')
    expect(texts().map((text) => text.replaceAll(line, ''))).toEqual(['2\n3\n', '4\n', '5\n'])
  })

  it('go on in the newest after a restart, after a line that a loss of power has torn', () => {
    const before = open()
    before.files.append('one')
    before.files.close()
    const [name = ''] = auditFiles(before.directory)
    fs.appendFileSync(join(before.directory, name), '{"torn')
    const after = open({ directory: before.directory })
    after.files.append('two')
    expect(after.texts()).toEqual(['one\n{"torn\ntwo\n'])
  })

  it('go on right behind the last line after a restart, and after a line that did not fit', () => {
    const before = open()
    before.files.append('one')
    before.files.close()
    const disk = { isFull: false }
    const writeSync = ((descriptor: number, bytes: NodeJS.ArrayBufferView, at: number) => {
      if (disk.isFull && at > 0) throw new Error('no space left')
      return fs.writeSync(descriptor, bytes, at, disk.isFull ? 1 : undefined)
    }) as typeof fs.writeSync
    const after = open({ directory: before.directory }, { writeSync })
    after.files.append('two')
    expect(after.texts()).toEqual(['one\ntwo\n'])
    after.files.close()
    const [name = ''] = auditFiles(before.directory)
    fs.appendFileSync(join(before.directory, name), '{"torn')
    const again = open({ directory: before.directory }, { writeSync })
    disk.isFull = true
    expect(() => again.files.append('three')).toThrow('no space left')
    expect(again.texts()).toEqual(['one\ntwo\n{"torn\n'])
  })

  it('are as old as their names say, also after a restart, and where the clock was set back', () => {
    const noon = 45_296_789
    const before = open({ maxAgeMs: 60_000 })
    before.clock.advance(noon)
    before.files.append('one')
    before.files.close()
    const after = open({ directory: before.directory, maxAgeMs: 60_000 })
    after.files.append('two')
    after.clock.advance(noon + 59_999)
    after.files.append('three')
    after.clock.advance(1)
    after.files.append('four')
    expect(after.texts()).toEqual(['one\ntwo\nthree\n', 'four\n'])
    expect(auditFiles(after.directory)).toEqual([
      '2026-01-01T12-34-56.789Z.ndjson',
      '2026-01-01T12-35-56.789Z.ndjson',
    ])
  })

  it('are filled to the last byte, and named by times, whatever the order in which the system lists them', () => {
    const { files, texts, directory } = open({ maxBytes: 1_000 })
    for (const line of ['1', '2', '3']) files.append(line.repeat(499))
    expect(texts().map((text) => text.length)).toEqual([1_000, 500])
    const names = [...auditFiles(directory)]
    const listed = [...names.toReversed(), 'notes.txt']
    expect(auditFiles(directory, { readdirSync: (() => listed) as never })).toEqual(names)
  })

  it('are not begun again, and none deleted, while a line longer than a file does not fit on the disk', () => {
    const isFull = { now: false }
    const full = () => {
      throw new Error('no space left')
    }
    const { files, texts } = open(
      { maxBytes: 1_000, keepFiles: 3 },
      {
        writeSync: ((...given: Parameters<typeof fs.writeSync>) =>
          isFull.now ? full() : fs.writeSync(...given)) as typeof fs.writeSync,
      },
    )
    const line = 'x'.repeat(1_500)
    files.append(line)
    isFull.now = true
    for (let count = 0; count < 5; count++) expect(() => files.append(line)).toThrow('no space left')
    expect(texts()).toEqual([`${line}\n`, ''])
  })

  it('have nothing of a line that did not fit on the disk', () => {
    let room = 10
    const { files, texts } = open({}, {
      writeSync: (descriptor: number, bytes: NodeJS.ArrayBufferView, at?: number | null) => {
        const length = Math.min(room, bytes.byteLength - Number(at))
        if (length === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
        room -= length
        return fs.writeSync(descriptor, bytes, Number(at), length)
      },
    } as Partial<AuditDisk>)
    files.append('fits')
    expect(() => files.append('does not fit')).toThrow('no space left')
    expect(texts()).toEqual(['fits\n'])
    room = 100
    files.append('fits now')
    expect(texts()).toEqual(['fits\nfits now\n'])
  })

  it('keep what another process has appended, when a line does not fit on the disk', () => {
    const disk = { isFull: false }
    const { files, directory, texts } = open({}, {
      writeSync: (descriptor: number, bytes: NodeJS.ArrayBufferView, at?: number | null) => {
        if (disk.isFull && Number(at) > 0) throw new Error('no space left')
        return fs.writeSync(descriptor, bytes, Number(at), disk.isFull ? 6 : undefined)
      },
    } as Partial<AuditDisk>)
    files.append('one')
    const other = new AuditFiles(auditOptions({ directory }), {
      clock: new VirtualClock(),
      onTrouble: () => {},
    })
    other.append('of the other')
    disk.isFull = true
    expect(() => files.append('{"torn":1}')).toThrow('no space left')
    disk.isFull = false
    files.append('two')
    other.append('once more')
    expect(texts()).toEqual(['one\nof the other\n{"torn\ntwo\nonce more\n'])
  })

  it('begin a line of its own after a part of one that the disk does not let cut off', () => {
    const disk = { isFull: false, mayCut: false }
    const { files, texts } = open({}, {
      writeSync: (descriptor: number, bytes: NodeJS.ArrayBufferView, at?: number | null) => {
        if (disk.isFull && Number(at) > 0) throw new Error('no space left')
        return fs.writeSync(descriptor, bytes, Number(at), disk.isFull ? 6 : undefined)
      },
      ftruncateSync: (descriptor: number, length?: number) => {
        if (!disk.mayCut) throw new Error('not permitted')
        fs.ftruncateSync(descriptor, length)
      },
    } as Partial<AuditDisk>)
    files.append('one')
    disk.isFull = true
    expect(() => files.append('{"torn":1}')).toThrow('no space left')
    disk.isFull = false
    files.append('two')
    files.append('three')
    expect(texts()).toEqual(['one\n{"torn\ntwo\nthree\n'])
    disk.isFull = true
    expect(() => files.append('{"again":1}')).toThrow('no space left')
    disk.mayCut = true
    expect(() => files.append('{"again":1}')).toThrow('no space left')
    disk.isFull = false
    files.append('four')
    expect(texts()[0]?.endsWith('three\n{"agai\nfour\n')).toBe(true)
  })

  it('are brought to the disk within a second, before the command, or never, as `fsync` says', () => {
    const synced: string[] = []
    const disk = {
      fdatasyncSync: () => void synced.push('at once'),
      fdatasync: ((_descriptor: number, done: (error: Error | null) => void) => {
        synced.push('later')
        done(new Error('the disk is gone'))
      }) as never,
    }
    const { files, clock, troubles } = open({ fsync: 'second' }, disk)
    files.append('one')
    files.append('two')
    clock.advance(999)
    expect(synced).toEqual([])
    clock.advance(1)
    expect(synced).toEqual(['later'])
    expect(troubles.map(({ message }) => message)).toEqual(['the disk is gone'])
    open({ fsync: 'always' }, disk).files.append('one')
    expect(synced).toEqual(['later', 'at once'])
    const never = open({ fsync: 'never' }, disk)
    never.files.append('one')
    never.clock.advance(60_000)
    never.files.close()
    expect(synced).toHaveLength(2)
  })

  it.each([
    ['done', null],
    ['closed meanwhile', Object.assign(new Error('bad file descriptor'), { code: 'EBADF' })],
  ])('report nothing of a file that is %s when it is brought to the disk later', (_, error) => {
    const fdatasync = ((_descriptor: number, done: (error: Error | null) => void) => done(error)) as never
    const { files, clock, troubles } = open({ fsync: 'second' }, { fdatasync })
    files.append('one')
    clock.advance(1_000)
    expect(troubles).toEqual([])
  })

  it.each([
    ['synced', 'fdatasyncSync'],
    ['closed', 'closeSync'],
  ] as const)('go on with the next one, and keep none open, when the old one cannot be %s', (_, broken) => {
    const opened = new Set<number>()
    const failure = Object.assign(new Error('the disk is gone'), { code: 'EIO' })
    const { files, clock, troubles, texts } = open(
      { maxAgeMs: 1_000 },
      {
        openSync: (...given: Parameters<typeof fs.openSync>) => {
          const descriptor = fs.openSync(...given)
          opened.add(descriptor)
          return descriptor
        },
        // A descriptor is gone also where the system reports that closing it failed.
        closeSync: (descriptor: number) => {
          fs.closeSync(descriptor)
          opened.delete(descriptor)
          if (broken === 'closeSync') throw failure
        },
        ...(broken === 'fdatasyncSync' && {
          fdatasyncSync: () => {
            throw failure
          },
        }),
      },
    )
    for (const line of ['one', 'two', 'three']) {
      files.append(line)
      clock.advance(1_000)
    }
    expect(texts()).toEqual(['one\n', 'two\n', 'three\n'])
    expect(opened.size).toBe(1)
    expect(troubles).toEqual([failure, failure])
    files.close()
    expect(opened.size).toBe(0)
    expect(troubles).toHaveLength(3)
  })

  it('keep none open that cannot be gone on with', () => {
    const before = open()
    before.files.append('one')
    before.files.close()
    const [name = ''] = auditFiles(before.directory)
    fs.appendFileSync(join(before.directory, name), '{"torn')
    const closed: number[] = []
    const closeSync = (descriptor: number) => {
      fs.closeSync(descriptor)
      closed.push(descriptor)
    }
    const writeSync = () => {
      throw new Error('no space left')
    }
    expect(() => open({ directory: before.directory }, { closeSync, writeSync })).toThrow('no space left')
    expect(closed).toHaveLength(1)
  })

  it('say so when an old one cannot be deleted, and go on', () => {
    const unlinkSync = () => {
      throw new Error('not permitted')
    }
    const { files, clock, troubles, texts } = open({ maxAgeMs: 1_000, keepFiles: 1 }, { unlinkSync })
    files.append('one')
    clock.advance(1_000)
    files.append('two')
    expect(texts()).toEqual(['one\n', 'two\n'])
    expect(troubles).toHaveLength(1)
  })

  it.each([
    ['audit.directory', 'must be the path of a folder', { directory: '' }],
    ['audit.directory', 'must be the path of a folder', { directory: 5 as never }],
    ['audit.fsync', "must be 'always', 'second' or 'never'", { fsync: 'often' as never }],
    ['maxBytes', 'must be', { maxBytes: 10 }],
    ['maxBytes', 'must be', { maxBytes: 1_000.5 }],
    ['keepFiles', 'must be', { keepFiles: 0 }],
    ['keepFiles', 'must be', { keepFiles: 1.5 }],
    ['keep', 'There is no option', { keep: 3 } as never],
  ])('are refused by name with a bad %s: %s', (argument, message, given) => {
    expect(() => auditOptions({ directory: 'audit', ...given })).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        argument,
        message: expect.stringContaining(message),
      }),
    )
  })
})
