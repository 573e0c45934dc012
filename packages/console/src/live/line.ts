import { parseServerMessage } from '@bercon/core'

export const KINDS = ['chat', 'joins', 'moderation', 'admins', 'server', 'own'] as const
/** What a line of the log is about; the filter offers each. */
export type LineKind = (typeof KINDS)[number]

export interface Line {
  /** Different for each line of a record, and rising. */
  readonly key: number
  /** In ms since 1970. */
  readonly at: number
  readonly kind: LineKind
  readonly text: string
}

/** The labels of the kinds, as the filter shows them. */
export const KIND_LABELS: Readonly<Record<LineKind, string>> = {
  chat: 'Chat',
  joins: 'Joins',
  moderation: 'Kicks',
  admins: 'Admins',
  server: 'Server',
  own: 'Console',
}

const KIND_BY_TYPE: Readonly<Record<string, LineKind>> = {
  playerMessage: 'chat',
  playerConnect: 'joins',
  playerDisconnect: 'joins',
  playerGuid: 'joins',
  playerVerifyGuid: 'joins',
  playerKick: 'moderation',
  filterLog: 'moderation',
  adminMessage: 'admins',
  adminLogin: 'admins',
}

/** The kind of a line of the server. */
export function kindOf(text: string): LineKind {
  return KIND_BY_TYPE[parseServerMessage(text).type] ?? 'server'
}
