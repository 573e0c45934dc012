// @ts-nocheck
import { expect } from 'vitest'
import { describeFieldRows, type FieldRow, fieldBytes } from '../../../../tools/field-rows.js'
import { parseServerMessage } from './index.js'

const TYPES: Readonly<Record<string, string>> = {
  player_guid: 'playerGuid',
  player_guid_verified: 'playerVerifyGuid',
  player_kicked: 'playerKick',
  warning: 'serverWarning',
  config: 'serverWarning',
  be_master: 'beMaster',
  chat: 'playerMessage',
  rcon_chat: 'adminMessage',
}

/** The expectation of a row, by the names of our fields; null means that a field is not set. */
function expected({ type, raw, ...fields }: FieldRow['expect']): object {
  const known = Object.entries(fields).filter(([name]) => name !== 'with')
  const detail = type === 'config' && raw !== undefined ? { detail: raw } : {}
  const named = known.map(([name, value]) => [name, value ?? undefined])
  return { type: TYPES[String(type)] ?? type, ...Object.fromEntries(named), ...detail }
}

/** The encoding that a row requests: `{ encoding: "windows-1251" }`. */
function optionsOf({ expect: { with: options } }: FieldRow): { readonly encoding?: string } {
  const [, encoding] = /encoding: "([^"]*)"/.exec(String(options)) ?? []
  return encoding === undefined ? {} : { encoding }
}

// A row of several messages is about their combined result, not about each.
describeFieldRows('message', (row) => {
  if ('sequence' in row.expect) return
  expect(parseServerMessage(fieldBytes(row), optionsOf(row))).toMatchObject(expected(row.expect))
})
