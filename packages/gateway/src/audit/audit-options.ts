import { InvalidArgumentError } from '@bercon/core'
import { checkOptions } from '@bercon/core/kit'

/** Where the audit is kept, and how much of it. */
export interface AuditOptions {
  /** The folder of its files, which the gateway makes if there is none. One file is written; the others are older. */
  readonly directory: string
  /**
   * When a line has to be on the disk, not only with the operating system: `always` before its command is sent, so that
   * it survives a loss of power; `second` within a second; `never` when the system likes. A line survives the end of
   * the gateway's process in every case.
   * @default 'second'
   */
  readonly fsync: 'always' | 'second' | 'never'
  /**
   * Bytes after which another file is begun, from 1,000.
   * @default 10485760
   */
  readonly maxBytes: number
  /**
   * Age at which another file is begun, in ms.
   * @default 86400000
   */
  readonly maxAgeMs: number
  /**
   * Files that are kept, the present one with them; the oldest are deleted. From 1 to 100,000.
   * @default 90
   */
  readonly keepFiles: number
}

/** The least bytes after which another file is begun. */
export const MIN_FILE_BYTES = 1_000
const DAY_MS = 86_400_000
const FSYNC: readonly unknown[] = ['always', 'second', 'never']
const DEFAULTS: Omit<AuditOptions, 'directory'> = {
  fsync: 'second',
  maxBytes: 10_485_760,
  maxAgeMs: DAY_MS,
  keepFiles: 90,
}

/** What an audit is made with: a folder, and what is to be other than usual. */
export type AuditGiven = Pick<AuditOptions, 'directory'> & Partial<AuditOptions>

/** @throws {@link InvalidArgumentError} that names what is wrong. */
export function auditOptions({ directory, ...given }: AuditGiven): AuditOptions {
  if (typeof directory !== 'string' || directory === '')
    throw new InvalidArgumentError('audit.directory', directory, 'the path of a folder')
  const options = checkOptions(given, DEFAULTS, {
    maxBytes: { min: MIN_FILE_BYTES, max: Number.MAX_SAFE_INTEGER, integer: true },
    maxAgeMs: { min: 1_000, max: Number.POSITIVE_INFINITY },
    keepFiles: { min: 1, max: 100_000, integer: true },
  })
  if (!FSYNC.includes(options.fsync))
    throw new InvalidArgumentError('audit.fsync', options.fsync, "'always', 'second' or 'never'")
  return { directory, ...options }
}
