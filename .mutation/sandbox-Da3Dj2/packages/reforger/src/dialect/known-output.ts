// @ts-nocheck
import { decodeText, parseErrorReply } from '@bercon/core/kit'
import { parseActionOutput } from '../action-output.js'
import { BAN_LIST_PENDING, NO_BANS } from '../ban-list-output.js'
import { joinChunks } from '../joined-chunks.js'

/** What an output shows of its end: it has ended, more follows, or unknown. */
export type OutputEnd = 'ended' | 'pending' | 'unknown'

// Longer than any known text with a name in it.
const LONGEST = 512
const ADMINISTRATION = /^#?(?:kick|ban)\b/i

/** Checks whether the output of a command, in pieces, is one of the known complete texts. */
export function endOfOutput(command: string, chunks: readonly Uint8Array[]): OutputEnd {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  if (length === 0 || length > LONGEST) return 'unknown'
  const text = decodeText(joinChunks(chunks)).replace(/[\r\n]+$/, '')
  if (parseErrorReply(text) !== undefined) return 'ended'
  // A mod's command may output the same words, and continue.
  if (!ADMINISTRATION.test(command)) return 'unknown'
  if (text === BAN_LIST_PENDING) return 'pending'
  return isOneLiner(text) ? 'ended' : 'unknown'
}

function isOneLiner(text: string): boolean {
  if (text.includes('\n')) return false
  if (text === NO_BANS) return true
  const said = parseActionOutput(text)
  return said?.status === 'ok' || (said?.status === 'error' && said.error !== 'multiple_users')
}

const LISTING = /^#?(?:players|ban list(?: .*)?)$/i

/** Whether the output of a command is a list, a part of which would look complete. */
export function isListing(command: string): boolean {
  return LISTING.test(command)
}
