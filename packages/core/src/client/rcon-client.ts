import { checkNames, unshownArgument } from '@bercon/protocol'
import type { PlayerData } from '../cache/player-data.js'
import { playerShown } from '../cache/rcon-client-cache.js'
import { banTarget } from '../commands/arguments.js'
import { addBan, ban, kick } from '../commands/moderation.js'
import { anyCommand, type Remark } from '../commands/plain-reply.js'
import { admins, bans, missions, playersBy } from '../commands/reading.js'
import { EVERYBODY, say, whisper } from '../commands/speaking.js'
import { type ListedBan, type Unbanned, unbanListed, unbanNumber, unbanTarget } from '../commands/unban.js'
import { wholeAdmins, wholeBans, wholePlayersBy } from '../commands/whole-list.js'
import type { AnyConnection, CallOptions, SendOptions } from '../connection/connection.js'
import { Ban, type BanClass, type BansOptions, checkBanClass } from '../models/ban.js'
import { type Player, playerModels } from '../models/player.js'
import { type Admin, adminsInOrder } from '../parsers/admins-reply.js'
import type { BansReply } from '../parsers/bans-reply.js'
import { missionFiles } from '../parsers/missions-reply.js'
import type { PlayersReply } from '../parsers/players-reply.js'
import type { Kind, Result } from '../performer.js'
import { type Command, checkReply, mapped, mappedSteps } from '../steps.js'
import { ClientBase, type ClientParts } from './client-base.js'
import { EventReader, playersBySlot } from './event-reader.js'

const SEND_OPTIONS = ['timeoutMs', 'signal', 'resend']

/**
 * Every operation on a server, defined once for all flavors: the flavor's `perform` makes its result a promise, an
 * observable or a plain value. A flavor adds its `kind`, `perform`, `waitFor`, and how it connects and closes.
 *
 * Commands marked `resend` are executed at least once, all others at most once (W7). The protocol supports no more.
 */
export abstract class RconClient<K extends Kind, C extends AnyConnection = AnyConnection> extends ClientBase<
  K,
  C
> {
  readonly #reader: EventReader<K>
  readonly #model: (data: PlayerData) => Player<K> = playerModels(this)

  constructor(parts: ClientParts<K, C>) {
    super(parts)
    this.#reader = new EventReader(this, this.#model, this.connection)
    this.connection.subscribe(this.#reader.read, this.#reader.wantsReply)
  }

  /** The client's own admin number; `undefined` until the server sends it (W2). */
  get adminId(): number | undefined {
    return this.cache.adminId
  }

  /**
   * The players known to be on the server, by slot. Empty right after a login; a `players` event reports that a list
   * has arrived. The client requests a list at each login, unless `playersIntervalMs` is 0.
   */
  get players(): readonly Player<K>[] {
    return playersBySlot(this.cache, this.#model)
  }

  /** Number of unreadable rows in lists of players so far; a `listProblem` event reports each list with such rows. */
  get unreadableRows(): number {
    return this.#reader.unreadableRows
  }

  /** The player currently known in a slot. */
  getPlayer(id: number): Player<K> | undefined {
    const data = this.cache.players.get(id)
    return data === undefined ? undefined : this.#model(data)
  }

  /** The players with this name or GUID. */
  findPlayers(by: { readonly name: string } | { readonly guid: string }): readonly Player<K>[] {
    checkNames(by, ['name', 'guid'])
    if ('name' in by) return this.players.filter(({ name }) => name === by.name)
    if (typeof by.guid !== 'string') throw unshownArgument('guid', by.guid, 'a string')
    const guid = by.guid.toLowerCase()
    return this.players.filter((player) => player.guid === guid)
  }

  /** Runs one command that is defined as data. */
  run<T>(command: Command<T>, options?: CallOptions): Result<K, T> {
    return this.performCommand(() => command, options)
  }

  /**
   * Sends any text and returns the text of the reply. Not sent again unless `resend` allows it to be executed twice
   * (W7).
   *
   * @throws {@link InvalidArgumentError} for CR, LF or NUL, or more than 1,391 bytes (W8).
   */
  sendCommand(text: string, options?: SendOptions): Result<K, string> {
    if (options === undefined) return this.performCommand(() => anyCommand(text, false))
    const { resend = false, ...call } = options
    const command = () => {
      checkNames(options, SEND_OPTIONS)
      return anyCommand(text, resend)
    }
    return this.performCommand(command, call)
  }

  /**
   * Requests the list of players, and once more if it is incomplete.
   *
   * Fails with {@link UnexpectedReplyError} if the second list is incomplete too; its `rows` are the readable ones.
   */
  fetchPlayers(options?: CallOptions): Result<K, readonly Player<K>[]> {
    const shown = ({ players: rows }: PlayersReply) =>
      rows.map((row) => this.#model(playerShown(this.cache, row)))
    return this.perform(() => mappedSteps(wholePlayersBy(playersBy(this.#reader.listIn)), shown), options)
  }

  /**
   * Requests the list of bans, and once more if it is incomplete.
   *
   * Fails with {@link UnexpectedReplyError} if the second list is incomplete too; its `rows` are the readable ones.
   *
   * @throws {@link InvalidArgumentError} for a `cls` that is not a class.
   */
  fetchBans<B extends Ban<K> = Ban<K>>(options: BansOptions<K, B> = {}): Result<K, readonly B[]> {
    const { cls, ...call } = options
    return this.perform(() => {
      checkBanClass(cls)
      return mappedSteps(wholeBans(), (reply) => this.#bans(reply, cls))
    }, call)
  }

  /**
   * Requests the admins who are logged in, ordered by number, and once more if the list is incomplete.
   *
   * Fails with {@link UnexpectedReplyError} if the second list is incomplete too; its `rows` are the readable ones.
   */
  fetchAdmins(options?: CallOptions): Result<K, readonly Admin[]> {
    return this.perform(() => mappedSteps(wholeAdmins(), adminsInOrder), options)
  }

  /** Requests the mission files (Arma). */
  fetchMissions(options?: CallOptions): Result<K, readonly string[]> {
    return this.performCommand(() => mapped(missions(), missionFiles), options)
  }

  /**
   * Bans the player in a slot, a GUID, or an IP address. Omit `minutes` for a permanent ban. 0 is refused, because a
   * fraction that is rounded down must not become a permanent ban.
   */
  ban(target: number | string, minutes?: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    const command = () =>
      typeof target === 'number' ? ban(target, minutes, reason) : addBan(target, minutes, reason)
    return this.performCommand(command, options)
  }

  /**
   * Removes the ban with this number, every ban of a GUID or IP address, or one ban that was listed before. For a
   * listed ban the client reads the list again, because numbers shift, and removes the row with the same target and
   * reason, the lowest if there are several.
   *
   * Returns `true` after an empty reply, the usual one; the text of any other reply; `false` if no such ban is listed.
   * The server does not report whether a number exists.
   *
   * @throws {@link InvalidArgumentError} for an argument that is not a number, a target or a ban.
   */
  unban(ban: number | string | ListedBan, options?: CallOptions): Result<K, Unbanned> {
    return this.perform(() => {
      if (typeof ban === 'number') return unbanNumber(ban)
      return isListedBan(ban) ? unbanListed(ban) : unbanTarget(banTarget(ban))
    }, options)
  }

  /** Kicks the player in a slot. An empty reply does not prove that the slot was in use; a `playerKick` event does. */
  kick(playerId: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.performCommand(() => kick(playerId, reason), options)
  }

  /** Sends a message to all players. */
  send(message: string, options?: CallOptions): Result<K, Remark> {
    return this.performCommand(() => say(EVERYBODY, message), options)
  }

  /** Sends a message to one player. */
  whisper(playerId: number, message: string, options?: CallOptions): Result<K, Remark> {
    return this.performCommand(() => whisper(playerId, message), options)
  }

  /**
   * Handles a line of the server: updates the cache and emits the line's events. The client calls it for every line
   * that it receives, after the `message` event, so an override sees all lines. An error in the override becomes an
   * `error` event. Call it yourself for a line from elsewhere, such as a log.
   *
   * @param options - `number` is the message's, if known: a line without one counts as the newest. `at` is when the
   * line was received, in ms since 1970.
   * @example
   * ```ts
   * import { AsyncRconClient } from '@bercon/client'
   *
   * class LoggedClient extends AsyncRconClient {
   *   override onMessage(...line: Parameters<AsyncRconClient['onMessage']>): void {
   *     console.log(line[0])
   *     super.onMessage(...line) // without it there are no events and no players
   *   }
   * }
   *
   * new LoggedClient().onMessage('Player #3 Rook (192.0.2.7:2304) connected')
   * ```
   */
  onMessage(text: string, options: { readonly number?: number; readonly at?: number } = {}): void {
    this.#reader.readMessage(text, options.at ?? this.clock.wallNow(), options.number)
  }

  /** Parses a reply to `admins`. @throws {@link UnexpectedReplyError} if it is something else. */
  parseAdmins(reply: string): readonly Admin[] {
    return adminsInOrder(admins().parse(reply))
  }

  /**
   * Parses a reply to `bans`; `cls` creates bans of your own class.
   *
   * @throws {@link UnexpectedReplyError} if it is something else; {@link InvalidArgumentError} for a `cls` that is not
   * a class.
   */
  parseBans<B extends Ban<K> = Ban<K>>(
    reply: string,
    options: Pick<BansOptions<K, B>, 'cls'> = {},
  ): readonly B[] {
    const { cls } = options
    checkNames(options, ['cls'])
    checkBanClass(cls)
    return this.#bans(bans().parse(reply), cls)
  }

  /** Parses a reply to `missions`. @throws {@link UnexpectedReplyError} if it is something else. */
  parseMissions(reply: string): readonly string[] {
    return missionFiles(missions().parse(reply))
  }

  /** @throws {@link CommandDisallowedError}, {@link UnknownCommandError} for a reply that refuses a command (W9). */
  checkDisallowedCommand(command: string, reply: string): void {
    const order = 'checkDisallowedCommand takes the command, then its reply'
    if (typeof command !== 'string')
      throw unshownArgument('command', command, 'a string', `${order}; the command is missing`)
    if (typeof reply !== 'string')
      throw unshownArgument('reply', reply, 'a string', `${order}; the reply is missing`)
    checkReply(command, reply)
  }

  #bans<B extends Ban<K>>({ bans: rows }: BansReply, cls: BanClass<K, B> | undefined): readonly B[] {
    // Without a class from the caller, `B` is `Ban` itself.
    const Class = cls ?? (Ban as unknown as BanClass<K, B>)
    return rows.map((row) => new Class(this, row))
  }
}

function isListedBan(ban: string | ListedBan): ban is ListedBan {
  return typeof ban === 'object' && ban !== null
}
