import * as fs from 'node:fs'
import { join } from 'node:path'
import type { ClientClock } from '@bercon/core'
import type { AuditOptions } from './audit-options.js'

/** What of `node:fs` writes the audit; a test brings a disk that fills up. */
export type AuditDisk = Pick<
  typeof fs,
  | 'closeSync'
  | 'fdatasync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'ftruncateSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readdirSync'
  | 'readSync'
  | 'unlinkSync'
  | 'writeSync'
>

const FILE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9-]{8}\.[0-9]{3}Z\.ndjson$/
const SYNC_DELAY_MS = 1_000
// Only the gateway's own user reads what was said and done.
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700
const NEWLINE = Buffer.from('\n')

interface OpenFile {
  readonly descriptor: number
  readonly begunAt: number
  bytes: number
  /** Whether a part of a line may be at its end, because the disk refused to cut it off. */
  isTorn: boolean
}

/** The files of the audit in a folder, oldest first: a file's name is the time at which it was begun. */
export function auditFiles(directory: string, disk: Pick<AuditDisk, 'readdirSync'> = fs): readonly string[] {
  return disk
    .readdirSync(directory)
    .filter((name) => FILE.test(name))
    .sort()
}

/**
 * Appends lines to the newest file, and begins another when that is large or old. Lines are with the operating
 * system when `append` returns; those that could not be written leave nothing behind.
 */
export class AuditFiles {
  readonly #options: AuditOptions
  readonly #clock: ClientClock
  readonly #disk: AuditDisk
  readonly #onTrouble: (error: Error) => void
  #file: OpenFile | undefined
  #cancelSync: (() => void) | undefined

  constructor(options: AuditOptions, { clock, disk = fs, onTrouble }: AuditFilesParts) {
    this.#options = options
    this.#clock = clock
    this.#disk = disk
    this.#onTrouble = onTrouble
    disk.mkdirSync(options.directory, { recursive: true, mode: FOLDER_MODE })
    const newest = auditFiles(options.directory, disk).at(-1)
    if (newest !== undefined) this.#file = this.#open(newest)
  }

  /** @throws what the system says. */
  append(lines: string): void {
    const text = Buffer.from(`${lines}\n`)
    const file = this.#fileFor(text.length)
    // The torn line stays, on a line of its own.
    const bytes = file.isTorn ? Buffer.concat([NEWLINE, text]) : text
    let at = 0
    try {
      while (at < bytes.length) at += this.#disk.writeSync(file.descriptor, bytes, at)
      if (this.#options.fsync === 'always') this.#disk.fdatasyncSync(file.descriptor)
    } catch (error) {
      this.#cutBack(file, at)
      throw error
    }
    file.bytes += bytes.length
    file.isTorn = false
    if (this.#options.fsync === 'second') this.#syncLater(file)
  }

  close(): void {
    this.#cancelSync?.()
    this.#cancelSync = undefined
    const file = this.#file
    this.#file = undefined
    if (file === undefined) return
    // Its lines are with the system already, so neither failure stops the next line.
    if (this.#options.fsync !== 'never') this.#try(() => this.#disk.fdatasyncSync(file.descriptor))
    this.#try(() => this.#disk.closeSync(file.descriptor))
  }

  #fileFor(bytes: number): OpenFile {
    const now = this.#clock.wallNow()
    const { maxBytes, maxAgeMs, directory, keepFiles } = this.#options
    const file = this.#file
    if (file !== undefined && hasRoom(file, bytes, maxBytes) && now - file.begunAt < maxAgeMs) return file
    const next = this.#open(nameOf(now, auditFiles(directory, this.#disk).at(-1)))
    this.close()
    this.#file = next
    this.#try(() => this.#deleteBeyond(keepFiles))
    return next
  }

  #deleteBeyond(count: number): void {
    const { directory } = this.#options
    for (const old of auditFiles(directory, this.#disk).slice(0, -count))
      this.#disk.unlinkSync(join(directory, old))
  }

  /** Does what no line waits for. */
  #try(step: () => void): void {
    try {
      step()
    } catch (error) {
      this.#onTrouble(error as Error)
    }
  }

  #open(name: string): OpenFile {
    const descriptor = this.#disk.openSync(join(this.#options.directory, name), 'a+', FILE_MODE)
    try {
      return this.#opened(name, descriptor)
    } catch (error) {
      this.#try(() => this.#disk.closeSync(descriptor))
      throw error
    }
  }

  #opened(name: string, descriptor: number): OpenFile {
    const file = {
      descriptor,
      begunAt: timeOf(name),
      bytes: this.#disk.fstatSync(descriptor).size,
      isTorn: false,
    }
    // After a loss of power: the torn line stays, on a line of its own.
    if (file.bytes > 0 && !this.#endsWithNewline(file))
      file.bytes += this.#disk.writeSync(descriptor, NEWLINE)
    return file
  }

  #endsWithNewline({ descriptor, bytes }: OpenFile): boolean {
    const last = Buffer.alloc(1)
    this.#disk.readSync(descriptor, last, 0, 1, bytes - 1)
    return last.toString() === '\n'
  }

  /** On a full disk a part of the line may have been written. */
  #cutBack(file: OpenFile, written: number): void {
    try {
      // What somebody else has appended meanwhile is not to be cut off.
      if (this.#disk.fstatSync(file.descriptor).size === file.bytes + written) {
        this.#disk.ftruncateSync(file.descriptor, file.bytes)
        return
      }
    } catch {
      // The first failure is the one to report. A file that may only grow cannot be cut.
    }
    file.bytes += written
    file.isTorn ||= written > 0
  }

  #syncLater({ descriptor }: OpenFile): void {
    if (this.#cancelSync !== undefined) return
    this.#cancelSync = this.#clock.setTimer(() => {
      this.#cancelSync = undefined
      this.#disk.fdatasync(descriptor, (error) => {
        if (error && error.code !== 'EBADF') this.#onTrouble(error)
      })
    }, SYNC_DELAY_MS)
  }
}

/** What {@link AuditFiles} works with. */
export interface AuditFilesParts {
  readonly clock: ClientClock
  readonly disk?: AuditDisk
  /** Is called with a failure that stops no line: old files that stay, lines that a loss of power may take. */
  readonly onTrouble: (error: Error) => void
}

/** Later than the newest file, also where the clock was set back. */
function nameOf(now: number, newest: string | undefined): string {
  const at = newest === undefined ? now : Math.max(now, timeOf(newest) + 1)
  return `${new Date(at).toISOString().replaceAll(':', '-')}.ndjson`
}

function timeOf(name: string): number {
  return Date.parse(name.slice(0, -'.ndjson'.length).replace(/T(..)-(..)-/, 'T$1:$2:'))
}

/** A line longer than a file has one of its own. */
function hasRoom(file: OpenFile, bytes: number, maxBytes: number): boolean {
  return file.bytes === 0 || file.bytes + bytes <= maxBytes
}
