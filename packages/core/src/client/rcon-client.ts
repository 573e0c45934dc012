import { checkNames, unshownArgument } from '@bercon/protocol'
import type { PlayerData } from '../cache/player-data.js'
import { playerShown } from '../cache/rcon-client-cache.js'
import { banTarget } from '../commands/arguments.js'
import { addBan, ban, kick } from '../commands/moderation.js'
import { anyCommand, type Remark } from '../commands/plain-reply.js'
import { admins, bans, missions } from '../commands/reading.js'
import { EVERYBODY, say, whisper } from '../commands/speaking.js'
import { type ListedBan, type Unbanned, unbanListed, unbanNumber, unbanTarget } from '../commands/unban.js'
import { wholeAdmins, wholeBans, wholePlayers } from '../commands/whole-list.js'
import type { AnyConnection, CallOptions, SendOptions } from '../connection/connection.js'
import { Ban, type BanClass, type BansOptions, checkBanClass } from '../models/ban.js'
import { type Player, playerModels } from '../models/player.js'
import { type Admin, adminsInOrder } from '../parsers/admins-reply.js'
import type { BansReply } from '../parsers/bans-reply.js'
import { missionFiles } from '../parsers/missions-reply.js'
import type { Kind, Result } from '../performer.js'
import { ask, type Command, checkReply, mapped } from '../steps.js'
import { ClientBase, type ClientParts } from './client-base.js'
import { EventReader, playersBySlot } from './event-reader.js'

const SEND_OPTIONS = ['timeoutMs', 'signal', 'resend']

/**
 * Every operation on a server, stated once for every flavor: what it returns is a promise, an observable or a plain
 * value, as `perform` makes it. A flavor adds its `kind`, `perform`, `waitFor`, and how it logs in and ends.
 *
 * Commands marked `resend` are executed at least once, all others at most once (W7): the protocol has no more to give.
 */
export abstract class RconClient<K extends Kind, C extends AnyConnection = AnyConnection> extends ClientBase<
  K,
  C
> {
  readonly #reader: EventReader<K>
  readonly #model: (data: PlayerData) => Player<K> = playerModels(this)

  constructor(parts: ClientParts<K, C>) {
    super(parts)
    this.#reader = new EventReader(this, this.#model)
    this.connection.subscribe(this.#reader.read)
  }

  /** The client's own admin number, nothing until the server has told it (W2). */
  get adminId(): number | undefined {
    return this.cache.adminId
  }

  /**
   * Who is on the server as far as is known, by slot. Right after a login that is nobody: `players` says that a list
   * has come. The client asks for it at each login, unless `playersIntervalMs` is 0.
   */
  get players(): readonly Player<K>[] {
    return playersBySlot(this.cache, this.#model)
  }

  /** Rows of lists of players that could not be read, so far; a `listProblem` event shows each. */
  get unreadableRows(): number {
    return this.#reader.unreadableRows
  }

  /** The player in a slot as known now. */
  getPlayer(id: number): Player<K> | undefined {
    const data = this.cache.players.get(id)
    return data === undefined ? undefined : this.#model(data)
  }

  /** The players with a name, or with a GUID. */
  findPlayers(by: { readonly name: string } | { readonly guid: string }): readonly Player<K>[] {
    checkNames(by, ['name', 'guid'])
    if ('name' in by) return this.players.filter(({ name }) => name === by.name)
    if (typeof by.guid !== 'string') throw unshownArgument('guid', by.guid, 'a string')
    const guid = by.guid.toLowerCase()
    return this.players.filter((player) => player.guid === guid)
  }

  /** Carries out one command that is given as data. */
  run<T>(command: Command<T>, options?: CallOptions): Result<K, T> {
    return this.perform(() => ask(command), options)
  }

  /**
   * Sends any text and gives the reply's. Not sent again unless `resend` says that it may be executed twice (W7).
   *
   * @throws {@link InvalidArgumentError} for CR, LF or NUL, or more than 1,391 bytes (W8).
   */
  sendCommand(text: string, options: SendOptions = {}): Result<K, string> {
    const { resend = false, ...call } = options
    const command = () => {
      checkNames(options, SEND_OPTIONS)
      return anyCommand(text, resend)
    }
    return this.#ask(command, call)
  }

  /**
   * Asks who is on the server, once more where the list is not whole.
   *
   * Fails with {@link UnexpectedReplyError} where it is not whole then either; `rows` are those that could be read.
   */
  fetchPlayers(options?: CallOptions): Result<K, readonly Player<K>[]> {
    const client = this
    return this.perform(function* () {
      const { players: rows } = yield* wholePlayers()
      return rows.map((row) => client.#model(playerShown(client.cache, row)))
    }, options)
  }

  /**
   * Asks for the list of bans, once more where it is not whole.
   *
   * Fails with {@link UnexpectedReplyError} where it is not whole then either; `rows` are those that could be read.
   *
   * @throws {@link InvalidArgumentError} for a `cls` that is not a class.
   */
  fetchBans<B extends Ban<K> = Ban<K>>(options: BansOptions<K, B> = {}): Result<K, readonly B[]> {
    const { cls, ...call } = options
    const client = this
    return this.perform(function* () {
      checkBanClass(cls)
      return client.#bans(yield* wholeBans(), cls)
    }, call)
  }

  /**
   * Asks which admins are logged in, once more where the list is not whole; in the order of their numbers.
   *
   * Fails with {@link UnexpectedReplyError} where it is not whole then either; `rows` are those that could be read.
   */
  fetchAdmins(options?: CallOptions): Result<K, readonly Admin[]> {
    return this.perform(function* () {
      return adminsInOrder(yield* wholeAdmins())
    }, options)
  }

  /** Asks for the mission files (Arma). */
  fetchMissions(options?: CallOptions): Result<K, readonly string[]> {
    return this.#ask(() => mapped(missions(), missionFiles), options)
  }

  /**
   * Bans the player in a slot, or a GUID or IP address. `minutes` left out is permanent; 0 is refused, because a
   * fraction rounded down must not ban permanently.
   */
  ban(target: number | string, minutes?: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    const command = () =>
      typeof target === 'number' ? ban(target, minutes, reason) : addBan(target, minutes, reason)
    return this.#ask(command, options)
  }

  /**
   * Removes the ban that has this number now, every ban of a GUID or IP address, or one ban that was listed before. For
   * the last, the client reads the list again, because numbers shift, and takes the row with the same target and
   * reason, the lowest if there are several.
   *
   * Returns `true` when the server replied with nothing, as it usually does; the text of its reply, where it has one;
   * `false` when no such ban is listed. A number that no ban has cannot be noticed.
   *
   * @throws {@link InvalidArgumentError} for what is neither a number, a target nor a ban.
   */
  unban(ban: number | string | ListedBan, options?: CallOptions): Result<K, Unbanned> {
    return this.perform(() => {
      if (typeof ban === 'number') return unbanNumber(ban)
      return isListedBan(ban) ? unbanListed(ban) : unbanTarget(banTarget(ban))
    }, options)
  }

  /** Kicks the player in a slot. An empty reply does not say that somebody was there: `playerKick` does. */
  kick(playerId: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#ask(() => kick(playerId, reason), options)
  }

  /** Says something to everybody. */
  send(message: string, options?: CallOptions): Result<K, Remark> {
    return this.#ask(() => say(EVERYBODY, message), options)
  }

  /** Says something to one player. */
  whisper(playerId: number, message: string, options?: CallOptions): Result<K, Remark> {
    return this.#ask(() => whisper(playerId, message), options)
  }

  /**
   * Reads a line of the server: updates the cache and emits the events that the line stands for. The client calls it
   * for every line that it receives, after the `message` event, so that a subclass that overrides it sees them all; an
   * error in the override becomes an `error` event. Call it yourself for a line from elsewhere, such as a log.
   *
   * @param options - `number` is the message's, if known: a line without one counts as the newest. `at` is when the line
   * came, in ms since 1970.
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

  /** Reads a reply to `admins`. @throws {@link UnexpectedReplyError} when it is none. */
  parseAdmins(reply: string): readonly Admin[] {
    return adminsInOrder(admins().parse(reply))
  }

  /**
   * Reads a reply to `bans`; `cls` makes bans of your own class.
   *
   * @throws {@link UnexpectedReplyError} when it is none; {@link InvalidArgumentError} for a `cls` that is not a class.
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

  /** Reads a reply to `missions`. @throws {@link UnexpectedReplyError} when it is none. */
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

  // What is wrong with an argument comes out where every other error of the operation does.
  #ask<T>(command: () => Command<T>, options?: CallOptions): Result<K, T> {
    return this.perform(() => ask(command()), options)
  }

  #bans<B extends Ban<K>>({ bans: rows }: BansReply, cls: BanClass<K, B> | undefined): readonly B[] {
    // Without a class of the caller's, `B` is `Ban` itself.
    const Class = cls ?? (Ban as unknown as BanClass<K, B>)
    return rows.map((row) => new Class(this, row))
  }
}

function isListedBan(ban: string | ListedBan): ban is ListedBan {
  return typeof ban === 'object' && ban !== null
}
