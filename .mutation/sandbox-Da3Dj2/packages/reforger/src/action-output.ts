// @ts-nocheck
import { type BanEntry, parseBanListOutput } from './ban-list-output.js'

/** The errors that a server reports. */
export type ActionProblem =
  | 'invalid_player_id'
  | 'player_not_found'
  | 'invalid_duration'
  | 'create_failed'
  | 'remove_failed'
  | 'user_not_found'
  | 'multiple_users'
  | 'page_not_found'
  | 'invalid_page'
  | 'list_failed'
  | 'timeout'
  | 'unknown_error'
  | 'not_dedicated'

/** The output of `#kick` and `#ban`, except the list of bans. */
export type ActionOutput =
  /** `name` is the player's, or the identity id if the command had one. */
  | { readonly status: 'ok'; readonly name?: string }
  /** `bans` are those that a name could mean. */
  | { readonly status: 'error'; readonly error: ActionProblem; readonly bans?: readonly BanEntry[] }
  | { readonly status: 'help' }

const PROBLEMS: ReadonlyMap<string, ActionProblem> = new Map([
  ['Not Valid Player ID', 'invalid_player_id'],
  ['Player not found', 'player_not_found'],
  ['Not Valid time value in seconds', 'invalid_duration'],
  ['Failed to create ban.', 'create_failed'],
  ['Failed to remove ban.', 'remove_failed'],
  ['Failed to remove the ban.', 'remove_failed'],
  ['User not found!', 'user_not_found'],
  ['Page not found!', 'page_not_found'],
  ['Not Valid page number', 'invalid_page'],
  ['Failed to list bans.', 'list_failed'],
  ['Timeout', 'timeout'],
  ['Unknown error.', 'unknown_error'],
  ['Command is supported only on Dedicated Servers', 'not_dedicated'],
] as const)

// Only the ends are fixed: a name may contain quotes, and even the words that follow it.
const DONE_TO_PLAYER = /^Player '(.*)' (?:kicked|banned)!$/s
const REMOVED = 'Ban removed!'
const AMBIGUOUS = 'Multiple users found! Please use a unique identifier.'
const HELP = 'Help for ban command.'

/** The texts that never vary. */
export const ACTION_TEXTS: readonly string[] = [...PROBLEMS.keys(), REMOVED]

/** Parses the output of `#kick`, `#ban create` or `#ban remove`; `undefined` if the text is something else. */
export function parseActionOutput(text: string): ActionOutput | undefined {
  const said = text.replace(/[\r\n]+$/, '')
  const name = DONE_TO_PLAYER.exec(said)?.[1]
  if (name !== undefined) return { status: 'ok', name }
  if (said === REMOVED) return { status: 'ok' }
  const error = PROBLEMS.get(said)
  if (error !== undefined) return { status: 'error', error }
  if (said.startsWith(HELP)) return { status: 'help' }
  if (!said.startsWith(AMBIGUOUS)) return undefined
  const bans = parseBanListOutput(said.slice(AMBIGUOUS.length).trimStart())?.bans ?? []
  return { status: 'error', error: 'multiple_users', bans }
}
