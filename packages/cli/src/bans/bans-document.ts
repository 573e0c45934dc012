import { type BanLine, formatBanLine, parseBanLine, parseBansFile } from '@bercon/arma'
import { asItWas, neutralised } from '../output/formula-cell.js'
import { jsonOf } from '../output/safe-text.js'
import { UsageError } from '../usage-error.js'

/** The forms of a file of bans: the server's own `bans.txt`, JSON, CSV. */
const DOCUMENT_FORMS = ['txt', 'json', 'csv'] as const
export type DocumentForm = (typeof DOCUMENT_FORMS)[number]

/** The form that a file's name stands for. */
export function formOf(path: string): DocumentForm {
  return DOCUMENT_FORMS.find((form) => path.toLowerCase().endsWith(`.${form}`)) ?? 'txt'
}

/** A ban in JSON and CSV. */
interface BanRecord {
  readonly target: string
  /** ISO 8601; empty or null for a ban for ever. */
  readonly expiresAt: string | null
  readonly reason: string
}

/** Reads a file of bans; every line must be good, because a shorter list would lift bans. @throws {@link UsageError} */
export async function parseDocument(text: string, form: DocumentForm): Promise<readonly BanLine[]> {
  if (form !== 'txt') return (await recordsIn(text, form)).map(readRecord)
  const { bans, badLines } = parseBansFile(text)
  if (badLines.length === 0) return bans
  throw new UsageError(`lines that are no bans: ${badLines.length}, such as ${JSON.stringify(badLines[0])}`)
}

/** Writes bans in one of the forms; the same bans always give the same text. */
export async function formatDocument(bans: readonly BanLine[], form: DocumentForm): Promise<string> {
  if (form === 'txt') return bans.map((ban) => `${formatBanLine(ban)}\n`).join('')
  const records = bans.map(
    ({ target, expiresAt, reason }): BanRecord => ({
      target,
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
      reason,
    }),
  )
  if (form === 'json') return `${jsonOf(records, 2)}\n`
  const { stringify } = await import('csv-stringify/sync')
  const cast = { string: neutralised }
  return stringify(records, { header: true, columns: ['target', 'expiresAt', 'reason'], cast })
}

async function recordsIn(text: string, form: 'json' | 'csv'): Promise<readonly unknown[]> {
  try {
    const records: unknown = form === 'json' ? JSON.parse(text) : await rowsOfCsv(text)
    if (Array.isArray(records)) return records
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  throw new UsageError('the file must hold a list')
}

async function rowsOfCsv(text: string): Promise<unknown> {
  const { parse } = await import('csv-parse/sync')
  return parse(text, { columns: true, skip_empty_lines: true, bom: true, cast: (cell) => asItWas(cell) })
}

function readRecord(record: unknown, index: number): BanLine {
  const { target, expiresAt, reason = '' } = Object(record)
  const end = expiresAt === null || expiresAt === '' ? undefined : Date.parse(expiresAt)
  // As a line, so that all forms are checked in the same way. One that has no expiresAt must not ban for ever.
  const time = end === undefined ? '-1' : String(Math.ceil(end / 1_000))
  const ban = parseBanLine(`${target} ${time} ${reason}`)
  if (ban !== undefined) return ban
  throw new UsageError(
    `entry ${index + 1} is no ban: it needs a target (GUID or IP address) and expiresAt (ISO 8601, or nothing for ever)`,
  )
}
