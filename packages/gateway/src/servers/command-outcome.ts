import { codeOf } from '@bercon/client'
import type { AuditOutcome, AuditResult } from '../audit/audit-entry.js'

const OUTCOMES: readonly unknown[] = ['not-sent', 'unknown', 'executed']
// Errors that say by their code alone what came of the command.
const BY_CODE: ReadonlyMap<unknown, AuditOutcome> = new Map([
  ['unexpected-reply', 'executed'],
  ['incomplete-reply', 'executed'],
  ['reply-too-large', 'executed'],
  ['command-disallowed', 'answered'],
  ['unknown-command', 'answered'],
  ['not-connected', 'not-sent'],
  ['invalid-argument', 'not-sent'],
])

/** What is known of a command that failed. */
export function outcomeOf(error: unknown): AuditOutcome {
  if (typeof error !== 'object' || error === null) return 'unknown'
  if ('outcome' in error && OUTCOMES.includes(error.outcome)) return error.outcome as AuditOutcome
  return BY_CODE.get(codeOf(error)) ?? 'unknown'
}

/** The same for the audit, with the reason. */
export function failureOf(error: unknown): AuditResult {
  return { outcome: outcomeOf(error), code: codeOf(error) ?? 'internal' }
}
