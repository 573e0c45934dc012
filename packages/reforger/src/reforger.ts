import {
  ask,
  type CallOptions,
  type Command,
  commands,
  isGuid,
  isIpAddress,
  type Kind,
  type Performer,
  parsePlayers,
  type Result,
  type Steps,
  UnexpectedReplyError,
} from '@bercon/core'
import { checkNames, playersProblem, type Unbanned } from '@bercon/core/kit'
import { secondsOf } from './ban-length.js'
import { battleyeOperations, playersIn as playersOfBattleye } from './battleye-operations.js'
import { builtInOperations, playersIn as playersOfBuiltIn } from './built-in-operations.js'
import { checkRcon, type ReforgerRcon } from './dialect/reforger-options.js'
import type { Operations, ReforgerBan, ReforgerPlayer } from './operations.js'
import { parsePlayersOutput } from './players-output.js'
import { checkIdentityId, checkTarget } from './uuid.js'

/** Options of {@link reforger}. */
export interface ReforgerServerOptions {
  /**
   * Which RCON the server runs; `auto` sends `players` before the first operation, and detects it by the reply.
   * @default 'auto'
   */
  readonly rcon?: ReforgerRcon | 'auto'
}

/** Options of `sendCommand`. */
export interface ReforgerSendOptions extends CallOptions {
  /**
   * Whether the command may be sent again, and so be executed twice (W7).
   * @default false
   */
  readonly resend?: boolean
  /**
   * Whether a second command verifies the end of the output; without it, a lost last message goes unnoticed.
   * @default true for lists
   */
  readonly verifyEnd?: boolean
}

const SEND_OPTIONS = ['timeoutMs', 'signal', 'resend', 'verifyEnd']

/** The operations on a Reforger server; each returns what the client's own operations return: a promise, an observable or a value. */
export interface ReforgerServer<K extends Kind> {
  /** Requests the list of players. */
  fetchPlayers(options?: CallOptions): Result<K, readonly ReforgerPlayer[]>
  /**
   * Kicks a player. There is no reason, because the built-in RCON does not pass it on.
   *
   * @throws {@link UnexpectedReplyError} with the server's text, such as `Player not found`.
   */
  kick(playerId: number, options?: CallOptions): Result<K, void>
  /**
   * Bans a player by number, or any identity id (with BattlEye's RCON a GUID or IP address). 60 `minutes`
   * are sent as 3600 to the built-in RCON, as 60 to BattlEye's; omit them for a permanent ban.
   *
   * @throws {@link InvalidArgumentError}, and {@link UnexpectedReplyError} with what the server says.
   */
  ban(target: number | string, minutes?: number, reason?: string, options?: CallOptions): Result<K, void>
  /**
   * Removes the ban of an identity id (with BattlEye's RCON of a GUID or IP address); `false` if there is none, and
   * the text of the reply where BattlEye's RCON has one. A name is refused, because the server might take another that
   * begins like it.
   *
   * @throws {@link InvalidArgumentError}, and {@link UnexpectedReplyError} with what the server says.
   */
  unban(target: string, options?: CallOptions): Result<K, Unbanned>
  /** Requests every ban, from all pages. */
  fetchBans(options?: CallOptions): Result<K, readonly ReforgerBan[]>
  /** Sends any text, and returns its output. @throws {@link InvalidArgumentError} as `client.sendCommand` does. */
  sendCommand(text: string, options?: ReforgerSendOptions): Result<K, string>
  /** Which RCON the server runs. */
  rcon(options?: CallOptions): Result<K, ReforgerRcon>
}

const OPERATIONS: { readonly [Rcon in ReforgerRcon]: Operations } = {
  'built-in': builtInOperations,
  battleye: battleyeOperations,
}

/**
 * The operations of a Reforger server, for any client created with this package's `dialect`.
 *
 * @throws {@link InvalidArgumentError} naming an option that is unknown, or an `rcon` that does not exist.
 * @example
 * ```ts
 * import { AsyncRconClient } from '@bercon/client'
 * import { dialect, reforger } from '@bercon/reforger'
 *
 * const client = await new AsyncRconClient({ dialect }).connect('127.0.0.1', 19999, 'hunter2')
 * for (const { id, name } of await reforger(client).fetchPlayers()) console.log(id, name)
 * await client.close()
 * ```
 */
export function reforger<K extends Kind>(
  client: Performer<K>,
  options: ReforgerServerOptions = {},
): ReforgerServer<K> {
  checkNames(options, ['rcon'])
  const { rcon = 'auto' } = options
  checkRcon(rcon)
  let known = rcon === 'auto' ? undefined : rcon
  function* detectByPlayers(): Steps<Detected> {
    const detected = yield* ask(detectionCommand())
    known = detected.rcon
    return detected
  }
  function* detect(): Steps<ReforgerRcon> {
    return known ?? (yield* detectByPlayers()).rcon
  }
  function* fetchPlayers(): Steps<readonly ReforgerPlayer[]> {
    const detected = known === undefined ? yield* detectByPlayers() : { rcon: known, players: undefined }
    return detected.players ?? (yield* OPERATIONS[detected.rcon].fetchPlayers())
  }
  function* detectedSteps<T>(begin: (operations: Operations) => Steps<T>): Steps<T> {
    return yield* begin(OPERATIONS[yield* detect()])
  }
  // Arguments that no RCON accepts are refused before any command is sent.
  const perform = <T>(
    begin: (operations: Operations) => Steps<T>,
    options?: CallOptions,
    check: () => void = () => {},
  ) =>
    client.perform(() => {
      check()
      return detectedSteps(begin)
    }, options)
  return {
    fetchPlayers: (options) => client.perform(fetchPlayers, options),
    kick: (playerId, options) => perform((operations) => operations.kick(playerId), options),
    ban: (target, minutes, reason, options) =>
      perform(
        (operations) => operations.ban(target, minutes, reason),
        options,
        () => {
          checkAnyTarget(target)
          secondsOf(minutes)
        },
      ),
    unban: (target, options) =>
      perform(
        (operations) => operations.unban(target),
        options,
        () => checkIdentity(target),
      ),
    fetchBans: (options) => perform((operations) => operations.fetchBans(), options),
    sendCommand: (text, given = {}) => {
      const { resend = false, verifyEnd, ...call } = given
      return client.perform(() => {
        checkNames(given, SEND_OPTIONS)
        return ask({ ...commands.anyCommand(text, resend), verifyEnd })
      }, call)
    },
    rcon: (options) => client.perform(detect, options),
  }
}

function checkAnyTarget(target: number | string): void {
  // A number is checked by the RCON that takes it: BattlEye's slots begin at 0.
  if (typeof target !== 'number' && !isBattleyeTarget(target)) checkTarget(target)
}

function checkIdentity(target: string): void {
  if (!isBattleyeTarget(target)) checkIdentityId(target)
}

function isBattleyeTarget(target: unknown): boolean {
  return typeof target === 'string' && (isGuid(target) || isIpAddress(target))
}

interface Detected {
  readonly rcon: ReforgerRcon
  /** `undefined` if the list is incomplete and must be requested again. */
  readonly players: readonly ReforgerPlayer[] | undefined
}

/** The two answer `players` with lists of different kinds. */
function detectionCommand(): Command<Detected> {
  // The dialect writes it as the built-in RCON documents it; BattlEye's knows it only so.
  const text = 'players'
  const parse = (reply: string): Detected => {
    const builtIn = parsePlayersOutput(reply)
    if (builtIn !== undefined) return { rcon: 'built-in', players: playersOfBuiltIn(builtIn) }
    const battleye = parsePlayers(reply)
    if (battleye !== undefined) {
      const isWhole = playersProblem(battleye) === undefined
      return { rcon: 'battleye', players: isWhole ? playersOfBattleye(battleye) : undefined }
    }
    throw new UnexpectedReplyError({ command: text, reply })
  }
  return { text, resend: true, verifyEnd: true, parse }
}
