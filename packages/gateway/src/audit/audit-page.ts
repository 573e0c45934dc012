import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidArgumentError } from '@bercon/core'
import type { AuditEntry } from './audit-entry.js'
import { auditFiles } from './audit-files.js'

/** Which entries are wanted; an entry must match everything that is named. */
export interface AuditQuery {
  readonly server?: string | undefined
  readonly user?: string | undefined
  readonly outcome?: string | undefined
  /** Whether entries about this server may be shown at all. */
  readonly shows?: ((server: string) => boolean) | undefined
  /** From 1 to 1,000. */
  readonly limit: number
  /** Where the page before this one ended. */
  readonly before?: string | undefined
}

/** Entries of the audit, newest first. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[]
  /** The `before` of the next page; `null` after the last. */
  readonly next: string | null
}

const BLOCK_BYTES = 65_536
// A page may have fewer entries than its limit: one request reads no more than this.
const MAX_READ_BYTES = 33_554_432
const CURSOR = /^([0-9TZ.-]+\.ndjson):([0-9]{1,15})$/
const NEWLINE = 0x0a

/** Reads a page of the audit from the end of its files. @throws {@link InvalidArgumentError} for a bad `before`. */
export async function readAuditPage(directory: string, query: AuditQuery): Promise<AuditPage> {
  const cursor = cursorOf(query.before)
  const files = auditFiles(directory).filter((name) => cursor === undefined || name <= cursor.file)
  const entries: AuditEntry[] = []
  let unread = MAX_READ_BYTES
  for (const file of files.toReversed()) {
    const handle = await openOld(join(directory, file))
    if (handle === undefined) continue
    try {
      const { size } = await handle.stat()
      const end = file === cursor?.file ? Math.min(cursor.offset, size) : size
      for await (const { line, at } of linesBackwards(handle, end)) {
        unread -= line.length
        const entry = entryOf(line)
        if (entry !== undefined && matches(entry, query)) entries.push(entry)
        if (entries.length === query.limit || unread <= 0) return { entries, next: `${file}:${at}` }
      }
    } finally {
      await handle.close()
    }
  }
  return { entries, next: null }
}

/** Nothing for a file that was deleted meanwhile, because others are newer. */
async function openOld(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function cursorOf(
  before: string | undefined,
): { readonly file: string; readonly offset: number } | undefined {
  if (before === undefined) return undefined
  const [, file, offset] = CURSOR.exec(before) ?? []
  if (file === undefined) throw new InvalidArgumentError('before', before, 'the next of an earlier page')
  return { file, offset: Number(offset) }
}

/** The lines of the first `end` bytes, last first, each with the offset at which it begins. */
async function* linesBackwards(
  handle: FileHandle,
  end: number,
): AsyncGenerator<{ readonly line: Buffer; readonly at: number }> {
  let tail = Buffer.alloc(0)
  for (let start = end; start > 0; ) {
    const length = Math.min(BLOCK_BYTES, start)
    start -= length
    const block = Buffer.alloc(length)
    await handle.read(block, 0, length, start)
    tail = Buffer.concat([block, tail])
    for (let cut = lineEndBefore(tail); cut >= 0; cut = lineEndBefore(tail)) {
      yield { line: tail.subarray(cut + 1), at: start + cut + 1 }
      tail = tail.subarray(0, cut + 1)
    }
  }
  yield { line: tail, at: 0 }
}

/** Where the line before the last one ends; the last one's own end does not count. */
function lineEndBefore(bytes: Buffer): number {
  return bytes.length < 2 ? -1 : bytes.lastIndexOf(NEWLINE, bytes.length - 2)
}

/** A line that a loss of power has torn is none. */
function entryOf(line: Buffer): AuditEntry | undefined {
  try {
    const entry: AuditEntry = JSON.parse(line.toString())
    // Throws for what is no object.
    return 'event' in entry ? entry : undefined
  } catch {
    return undefined
  }
}

function matches(entry: AuditEntry, { server, user, outcome, shows }: AuditQuery): boolean {
  return (
    (server === undefined || entry.server === server) &&
    (user === undefined || entry.user === user) &&
    (outcome === undefined || entry.outcome === outcome) &&
    (entry.server === null || shows === undefined || shows(entry.server))
  )
}
