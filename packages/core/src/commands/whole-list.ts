import { UnexpectedReplyError } from '../errors/command-errors.js'
import type { AdminRow, AdminsReply } from '../parsers/admins-reply.js'
import type { BanRow, BansReply } from '../parsers/bans-reply.js'
import type { PlayerRow, PlayersReply } from '../parsers/players-reply.js'
import { ask, type Command, type Steps } from '../steps.js'
import { adminsProblem, bansProblem, type ListProblem, playersProblem } from './list-problem.js'
import { admins, bans, players } from './reading.js'

/** How to check a kind of list. */
interface ListKind<T> {
  readonly problemOf: (reply: T) => ListProblem | undefined
  readonly rowsOf: (reply: T) => readonly (PlayerRow | BanRow | AdminRow)[]
}

/** Requests a list, and once more if it is incomplete; the second one usually lacks the fault of the first. */
function* askWhole<T>(command: Command<T>, { problemOf, rowsOf }: ListKind<T>): Steps<T> {
  const read = { ...command, parse: (text: string) => ({ text, list: command.parse(text) }) }
  const first = yield* ask(read)
  if (problemOf(first.list) === undefined) return first.list
  const { text, list } = yield* ask(read)
  const problem = problemOf(list)
  if (problem === undefined) return list
  throw new UnexpectedReplyError({ command: command.text, reply: text, problem, rows: rowsOf(list) })
}

/**
 * The steps that request the players and return a complete list.
 *
 * @throws {@link UnexpectedReplyError} if the second list is incomplete too.
 */
export function wholePlayers(): Steps<PlayersReply> {
  return wholePlayersBy(players())
}

/** The same with another way to read the reply. */
export function wholePlayersBy(command: Command<PlayersReply>): Steps<PlayersReply> {
  return askWhole(command, { problemOf: playersProblem, rowsOf: (reply) => reply.players })
}

/**
 * The steps that request the bans and return a complete list.
 *
 * @throws {@link UnexpectedReplyError} if the second list is incomplete too.
 */
export function wholeBans(): Steps<BansReply> {
  return askWhole(bans(), { problemOf: bansProblem, rowsOf: (reply) => reply.bans })
}

/**
 * The steps that request the admins who are logged in and return a complete list.
 *
 * @throws {@link UnexpectedReplyError} if the second list is incomplete too.
 */
export function wholeAdmins(): Steps<AdminsReply> {
  return askWhole(admins(), { problemOf: adminsProblem, rowsOf: (reply) => reply.admins })
}
