// @ts-nocheck
import { adminLoginLine, checkNames, InvalidArgumentError } from '@bercon/server/kit'
import { hexDigits, type Random } from '../world/chance.js'
import { Outbox } from '../world/outbox.js'
import { Schedule } from '../world/schedule.js'
import type { GameAdmin, ServerAction } from '../world/world.js'
import { BanList, createBan, type GameBan, holds, isGuid, type NewBan } from './ban-list.js'
import { type FilterHit, GAME_KINDS } from './game-kinds.js'
import { announcedGuid, type GamePlayer, inventAddress, inventPort, type Newcomer } from './game-player.js'
import type { GameWorldOptions } from './game-world-options.js'
import * as lines from './message-lines.js'
import { PlayerList } from './player-list.js'

/** The purpose of a timer: for one player, whose slot owns it, or for the whole world. */
export type TimerName = 'high-ping' | PlayerTimer | WorldTimer
/** The steps of a bot's life. */
export type PlayerTimer = 'guid' | 'verify' | 'legacy' | 'move' | 'chat' | 'ping' | 'leave'
export type WorldTimer = 'arrive' | 'master-trouble' | 'master-back' | 'filter-log'

const NEWCOMER_NAMES = ['name', 'guid', 'ip', 'port', 'ping', 'slot', 'inLobby', 'guidStatus']

/** The game at `now`, and everything that can happen in it, regardless of the cause. */
export class GameState {
  readonly options: GameWorldOptions
  readonly random: Random
  readonly players: PlayerList = new PlayerList()
  readonly bans: BanList
  /** By id. */
  admins: readonly GameAdmin[] = []
  readonly messages: Outbox<string>
  readonly actions: Outbox<ServerAction>
  readonly schedule: Schedule<TimerName> = new Schedule()
  now: number
  /** Whether nobody new can join. */
  isLocked = false
  #maxPing: number | undefined

  constructor(options: GameWorldOptions, random: Random, now: number) {
    this.options = options
    this.random = random
    this.now = now
    this.bans = new BanList(options.maxBans)
    this.messages = new Outbox(options.maxMessages)
    this.actions = new Outbox(options.maxMessages)
  }

  emit(line: string): void {
    this.messages.put(line)
  }

  welcome(admin: GameAdmin): void {
    this.admins = [...this.admins, admin].sort((one, other) => one.id - other.id)
    this.emit(adminLoginLine(admin.id, admin.address, admin.port))
  }

  player(slot: number): GamePlayer {
    const player = this.players.get(slot)
    if (player === undefined)
      throw new InvalidArgumentError('playerId', slot, 'the id of a player', `No player has the id ${slot}`)
    return player
  }

  /** Adds a player without announcing them. */
  seat(newcomer: Newcomer, isBot: boolean): GamePlayer {
    checkNames(newcomer, NEWCOMER_NAMES)
    const { maxPlayers } = this.options
    if (this.players.size >= maxPlayers) {
      throw new InvalidArgumentError(
        'players',
        this.players.size + 1,
        `at most maxPlayers (${maxPlayers})`,
        `The game is full; maxPlayers is ${maxPlayers}`,
      )
    }
    const slot = newcomer.slot ?? this.players.freeSlot()
    if (!Number.isInteger(slot) || slot < 0 || this.players.get(slot) !== undefined) {
      throw new InvalidArgumentError('slot', slot, 'the number of a free slot')
    }
    if (newcomer.guid !== undefined && !isGuid(newcomer.guid)) {
      throw new InvalidArgumentError('guid', newcomer.guid, 'a string of 32 hexadecimal digits')
    }
    const player: GamePlayer = {
      id: slot,
      name: newcomer.name,
      guid: newcomer.guid?.toLowerCase() ?? hexDigits(this.random, 32),
      guidStatus: newcomer.guidStatus ?? 'verified',
      ip: newcomer.ip ?? inventAddress(this.random),
      port: newcomer.port ?? inventPort(this.random),
      ping: newcomer.ping ?? 31,
      inLobby: newcomer.inLobby ?? false,
      isBot,
    }
    this.players.put(player)
    this.#checkPing(player)
    return player
  }

  /** Announces a join. A banned player is kicked as soon as their banned address or GUID is known. */
  join(newcomer: Newcomer, isBot: boolean): number {
    const { id: slot, name, ip, port } = this.seat({ ...newcomer, guidStatus: 'unknown' }, isBot)
    const { guidStatus = 'verified' } = newcomer
    this.emit(lines.connectedLine(slot, name, ip, port))
    if (this.#kickIfBanned(slot) || guidStatus === 'unknown') return slot
    if (this.announceGuid(slot) || guidStatus === 'unverified') return slot
    this.verify(slot)
    return slot
  }

  /** Announces a GUID. Returns whether the player was kicked for it. */
  announceGuid(slot: number): boolean {
    const player = this.player(slot)
    this.emit(lines.guidLine(this.options.guidLabel, slot, player.name, player.guid))
    if (player.guidStatus === 'unknown') this.players.put({ ...player, guidStatus: 'unverified' })
    return this.#kickIfBanned(slot)
  }

  verify(slot: number): void {
    const player = this.player(slot)
    this.emit(lines.verifiedLine(slot, player.name, player.guid))
    this.players.put({ ...player, guidStatus: 'verified' })
    this.#kickIfBanned(slot)
  }

  announceLegacyGuid(slot: number, guid: string): void {
    this.emit(lines.legacyGuidLine(slot, this.player(slot).name, guid))
  }

  move(slot: number, inLobby: boolean): void {
    this.players.put({ ...this.player(slot), inLobby })
  }

  setPing(slot: number, ping: number): void {
    const player = { ...this.player(slot), ping }
    this.players.put(player)
    this.#checkPing(player)
  }

  /** Sets the limit on pings; `undefined` for none. */
  limitPing(maxPing: number | undefined): void {
    this.#maxPing = maxPing
    for (const player of this.players.all()) this.#checkPing(player)
  }

  chat(slot: number, channel: string, text: string): void {
    this.emit(lines.chatLine(channel, this.player(slot).name, text))
  }

  logFilter(slot: number, { filter, index, text }: FilterHit): void {
    const player = this.player(slot)
    this.emit(lines.filterLogLine(filter, { ...player, guid: announcedGuid(player) }, index, text))
  }

  leave(slot: number): void {
    const { name } = this.player(slot)
    this.#remove(slot)
    this.emit(lines.disconnectedLine(slot, name))
  }

  kick(slot: number, reason: string): void {
    const player = this.player(slot)
    this.emit(lines.kickedLine({ ...player, guid: announcedGuid(player) }, reason))
    if (GAME_KINDS[this.options.game].disconnectsKicked) this.leave(slot)
    else this.#remove(slot)
  }

  kickForPing(slot: number): void {
    this.kick(slot, lines.highPingReason(this.player(slot).ping))
  }

  addBan(newBan: NewBan): GameBan {
    checkNames(newBan, ['target', 'minutes', 'reason'])
    const ban = createBan(newBan, this.now)
    this.bans.add(ban)
    return ban
  }

  /** Kicks every banned player in the game. */
  enforceBans(): void {
    for (const { id: slot } of this.players.all()) this.#kickIfBanned(slot)
  }

  /** The same for one ban: with a hundred thousand bans, a new one must not check them all. */
  enforceBan(ban: GameBan): void {
    for (const player of this.players.all()) {
      if (!holds(ban, player.ip, announcedGuid(player), this.now)) continue
      this.kick(player.id, lines.adminReason('Ban', ban.reason))
    }
  }

  #kickIfBanned(slot: number): boolean {
    const player = this.player(slot)
    const ban = this.bans.find(player.ip, announcedGuid(player), this.now)
    if (ban === undefined) return false
    this.kick(slot, lines.adminReason('Ban', ban.reason))
    return true
  }

  #remove(slot: number): void {
    this.players.remove(slot)
    this.schedule.clearAll(slot)
  }

  #checkPing({ id: slot, ping }: GamePlayer): void {
    const isHigh = this.#maxPing !== undefined && ping > this.#maxPing
    if (!isHigh) this.schedule.clear(slot, 'high-ping')
    else if (!this.schedule.has(slot, 'high-ping')) {
      this.schedule.set(slot, 'high-ping', this.now + this.options.highPingMs)
    }
  }
}
