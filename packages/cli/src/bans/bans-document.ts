import { type BanLine, decodeBansFile, formatBanLine, parseBansFile } from '@bercon/arma'
import type { TextOptions } from '@bercon/client'
import { asItWas, neutralized } from '../output/formula-cell.js'
import { jsonOf } from '../output/safe-text.js'
import { messageOf, UsageError } from '../usage-error.js'
import { BAN_KEYS, entryOf, readEntry } from './ban-entry.js'

/** The formats of a file of bans: the server's own `bans.txt`, JSON, CSV. */
const DOCUMENT_FORMS = ['txt', 'json', 'csv'] as const
export type DocumentForm = (typeof DOCUMENT_FORMS)[number]

/** The format that the name of a file implies. */
export function formOf(path: string): DocumentForm {
  return DOCUMENT_FORMS.find((form) => path.toLowerCase().endsWith(`.${form}`)) ?? 'txt'
}

/** A remark about one ban in a file. */
export interface DocumentRemark {
  /** `bad`: it is not a ban; `minutes`: its end looks like minutes. */
  readonly kind: 'bad' | 'minutes'
  /** Such as `line 3`. */
  readonly where: string
  readonly problem: string
  /** The text in the file. */
  readonly text: string
}

/** The content of a file of bans. */
export interface BansDocument {
  readonly bans: readonly BanLine[]
  readonly remarks: readonly DocumentRemark[]
}

/** Reads a file of bans. @throws {@link UsageError} if it does not have the format. */
export async function parseDocument(
  file: Uint8Array,
  form: DocumentForm,
  options: TextOptions = {},
): Promise<BansDocument> {
  if (form === 'txt') {
    const { bans, remarks } = parseBansFile(file, options)
    return { bans, remarks: remarks.map(({ line, ...remark }) => ({ ...remark, where: `line ${line}` })) }
  }
  const bans: BanLine[] = []
  const remarks: DocumentRemark[] = []
  for (const [index, entry] of (await entriesIn(decodeBansFile(file, options), form)).entries()) {
    const ban = readEntry(entry)
    if (ban !== undefined) bans.push(ban)
    else
      remarks.push({
        kind: 'bad',
        where: `entry ${index + 1}`,
        problem:
          'without a target (GUID or IP address) and expiresAt (ISO 8601, or nothing for a permanent one)',
        text: JSON.stringify(entry) ?? '',
      })
  }
  return { bans, remarks }
}

/** Writes bans in one of the formats; the same bans always produce the same text. */
export async function formatDocument(bans: readonly BanLine[], form: DocumentForm): Promise<string> {
  if (form === 'txt') return bans.map((ban) => `${formatBanLine(ban)}\n`).join('')
  const entries = bans.map(entryOf)
  if (form === 'json') return `${jsonOf(entries, 2)}\n`
  const { stringify } = await import('csv-stringify/sync')
  return stringify(entries, { header: true, columns: [...BAN_KEYS], cast: { string: neutralized } })
}

async function entriesIn(text: string, form: 'json' | 'csv'): Promise<readonly unknown[]> {
  try {
    const entries: unknown = form === 'json' ? JSON.parse(text) : await rowsOfCsv(text)
    if (Array.isArray(entries)) return entries
  } catch (error) {
    throw new UsageError(messageOf(error))
  }
  throw new UsageError('the file must contain a list of bans')
}

async function rowsOfCsv(text: string): Promise<unknown> {
  const { parse } = await import('csv-parse/sync')
  return parse(text, { columns: true, skip_empty_lines: true, cast: (cell) => asItWas(cell) })
}
