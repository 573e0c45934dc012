import { withoutPassword } from '@bercon/core/kit'
import { commandName } from '../roles/command-name.js'
import { isAboutOwnLogin } from '../roles/role-options.js'

/** By which way a user comes. */
export type Front = 'battleye' | 'websocket' | 'http'

/** What is known of a command in the end: `refused` by the gateway, `executed` without its whole reply. */
export type AuditOutcome = 'answered' | 'refused' | 'not-sent' | 'unknown' | 'executed'

/** Who did it, from where, and at which server. */
export interface Actor {
  readonly user: string | null
  readonly role: string | null
  readonly front: Front | null
  /** `IP:PORT`. */
  readonly from: string | null
  readonly server: string | null
}

/** One line of the audit. */
export interface AuditEntry extends Actor {
  /** ISO 8601. */
  readonly at: string
  /** A command has two entries with the same id, `command` before it is sent and `outcome` afterwards. */
  readonly id: string
  readonly event: 'command' | 'outcome' | 'login' | 'reload'
  /** Without passwords. */
  readonly command?: string
  readonly outcome?: AuditOutcome | 'accepted'
  /** Why it was refused, or failed. */
  readonly code?: string
  readonly elapsedMs?: number
}

/** What came of something. */
export interface AuditResult {
  readonly outcome: NonNullable<AuditEntry['outcome']>
  readonly code?: string | undefined
  readonly elapsedMs?: number | undefined
}

/** What happened beside commands that were sent. */
export type AuditNote = Pick<AuditEntry, 'event' | 'command'> & Partial<AuditResult>

const SHOWN_LENGTH = 1_500
// Behind anything that a server might skip or stop at, and in games too.
const PASSWORD = /(rconpassword|#login).+/is
const PASSWORD_WORD = /(rconpassword|#login)[ \t]+[^ \t]+/gi
const MENTION = /rconpassword|#login/i

/**
 * A command's text for the audit: passwords are cut out, also of texts that are refused for their form. Of a command that
 * sets none, only the one word that could be a password is cut out, so that nobody can hide a command behind it.
 */
export function auditedText(text: unknown): string {
  if (typeof text !== 'string') return `(${typeof text})`
  if (!MENTION.test(text)) return text.slice(0, SHOWN_LENGTH)
  const shown = withoutPassword(text)
  if (shown !== text) return shown
  const command = commandName(text)
  const isHarmless = command !== undefined && !isAboutOwnLogin(command) && command.name !== '#login'
  return text.replace(isHarmless ? PASSWORD_WORD : PASSWORD, '$1 …').slice(0, SHOWN_LENGTH)
}
