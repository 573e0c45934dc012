// @ts-nocheck
import { UUID_PATTERN } from './uuid.js'

/** One row of the list of bans; the server shows neither how long a ban lasts nor why. */
export interface BanEntry {
  readonly identityId: string
  /** May be empty. */
  readonly name: string
}

/** The output of `#ban list`: one page of the list. */
export interface BanListOutput {
  /** `pending`: the server has begun to fetch the list, which follows. */
  readonly status: 'ok' | 'pending'
  /** Bans on all pages. */
  readonly total?: number
  readonly page?: number
  readonly pages?: number
  readonly bans: readonly BanEntry[]
  /** The unreadable rows, unchanged. */
  readonly badRows: readonly string[]
}

/** The first message of the server, while it fetches the list from elsewhere. */
export const BAN_LIST_PENDING = 'Processing ban list'
export const NO_BANS = 'Server has no bans to list.'

const TITLE = /^Total bans: ([0-9]{1,10}) \| Page: ([0-9]{1,10})\/([0-9]{1,10}) *$/
const COLUMNS = /^- Identity Id \| Banned name *$/
const ROW = new RegExp(`^- (${UUID_PATTERN}) \\| ?(.*)$`, 's')

/** Parses one page of the list of bans; `undefined` if the text is something else. */
export function parseBanListOutput(text: string): BanListOutput | undefined {
  const begun = text.startsWith(BAN_LIST_PENDING)
  const list = begun ? text.slice(BAN_LIST_PENDING.length).trimStart() : text
  const [title = '', ...lines] = list.replace(/[\r\n]+$/, '').split(/\r?\n/)
  if (begun && list === '') return { status: 'pending', bans: [], badRows: [] }
  if (title === NO_BANS && lines.length === 0) return { status: 'ok', total: 0, bans: [], badRows: [] }
  const [, total, page, pages] = TITLE.exec(title) ?? []
  if (total === undefined) return undefined
  const rows = readBanRows(lines)
  return { status: 'ok', total: Number(total), page: Number(page), pages: Number(pages), ...rows }
}

function readBanRows(lines: readonly string[]): Pick<BanListOutput, 'bans' | 'badRows'> {
  const bans: BanEntry[] = []
  const badRows: string[] = []
  for (const line of lines) {
    const [, identityId, name = ''] = ROW.exec(line) ?? []
    if (identityId !== undefined) bans.push({ identityId, name })
    else if (line !== '' && !COLUMNS.test(line)) badRows.push(line)
  }
  return { bans, badRows }
}
