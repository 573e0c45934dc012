import { readFileSync } from 'node:fs'
import type { BanLine } from '@bercon/arma'
import type { TextOptions } from '@bercon/client'
import { note } from '../report.js'
import { type ConnectionFlags, encodingOf, readProfile } from '../settings/sources.js'
import { messageOf, UsageError } from '../usage-error.js'
import {
  type BansDocument,
  type DocumentForm,
  type DocumentRemark,
  formOf,
  parseDocument,
} from './bans-document.js'

/** Options to read a file of bans. */
export interface DocumentFlags extends Pick<ConnectionFlags, 'config' | 'profile' | 'encoding'> {
  readonly as?: DocumentForm
  readonly skipBadLines?: boolean
}

const MOST_NAMED = 20
const MOST_OF_LINE = 60

/**
 * Reads the bans in a file, or in standard input if its name is `-`. Every line must be a ban, because a shorter list
 * would remove some, unless bad lines are to be skipped; each of those is reported, as is one whose time looks wrong.
 *
 * @throws {@link UsageError}
 */
export async function readDocument(path: string, flags: DocumentFlags): Promise<readonly BanLine[]> {
  const { as = formOf(path), skipBadLines = false } = flags
  const encoding = encodingOf(flags, (await readProfile(flags)).profile)
  const { bans, remarks } = await parsed(path, as, { encoding })
  const bad = remarks.filter(({ kind }) => kind === 'bad')
  if (bad.length > 0 && !skipBadLines) {
    const lines = named(bad.map(({ where, problem, text }) => `${where} (${problem}: ${shortened(text)})`))
    throw new UsageError(
      `${path}: these lines are not bans: ${lines.join(', ')}; use --skip-bad-lines to leave them out`,
    )
  }
  for (const said of named(remarks.map(shownRemark))) note(`${path}: ${said}`)
  return bans
}

async function parsed(path: string, form: DocumentForm, options: TextOptions): Promise<BansDocument> {
  try {
    return await parseDocument(readFileSync(path === '-' ? 0 : path), form, options)
  } catch (error) {
    throw new UsageError(`${path}: ${messageOf(error)}`)
  }
}

function shownRemark({ kind, where, problem, text }: DocumentRemark): string {
  return kind === 'bad' ? `${where} is left out, ${problem}: ${shortened(text)}` : `${where}: ${problem}`
}

function named(all: readonly string[]): readonly string[] {
  if (all.length <= MOST_NAMED) return all
  return [...all.slice(0, MOST_NAMED), `… and ${all.length - MOST_NAMED} more`]
}

function shortened(text: string): string {
  return JSON.stringify(text.length > MOST_OF_LINE ? `${text.slice(0, MOST_OF_LINE)}…` : text)
}
