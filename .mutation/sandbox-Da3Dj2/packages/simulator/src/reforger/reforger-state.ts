// @ts-nocheck
import { checkNames, InvalidArgumentError } from '@bercon/server/kit'
import { hexDigits, type Random } from '../world/chance.js'
import type { ReforgerWorldOptions } from './reforger-options.js'

/** A player of Reforger. */
export interface ReforgerGamePlayer {
  /** The player's number, from 1, never used again. */
  readonly id: number
  readonly identityId: string
  readonly name: string
}

/** A player who is about to join; omitted fields are invented. */
export interface ReforgerNewcomer {
  readonly name: string
  readonly identityId?: string
}

/** A ban as the game stores it. */
export interface ReforgerGameBan {
  readonly identityId: string
  readonly name: string
  /** When it ends, by the clock of the world's `now`; `undefined` for a permanent ban. */
  readonly expiresAt: number | undefined
  readonly reason: string
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const SECOND_MS = 1_000

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** The players in a game of Reforger, and the bans. */
export class ReforgerState {
  readonly options: ReforgerWorldOptions
  readonly random: Random
  now: number
  readonly #players = new Map<number, ReforgerGamePlayer>()
  #bans: readonly ReforgerGameBan[] = []
  #lastId = 0

  constructor(options: ReforgerWorldOptions, random: Random, now: number) {
    this.options = options
    this.random = random
    this.now = now
  }

  /** In the order in which they joined. */
  get players(): readonly ReforgerGamePlayer[] {
    return [...this.#players.values()]
  }

  /** The active bans, in the order in which they were added. */
  get bans(): readonly ReforgerGameBan[] {
    return this.#bans.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > this.now)
  }

  player(id: number): ReforgerGamePlayer | undefined {
    return this.#players.get(id)
  }

  /** Adds a player and returns their number. */
  join(newcomer: ReforgerNewcomer): number {
    checkNames(newcomer, ['name', 'identityId'])
    const { name, identityId = this.#inventUuid() } = newcomer
    if (this.#players.size >= this.options.maxPlayers)
      throw new InvalidArgumentError(
        'newcomer',
        name,
        `one of at most ${this.options.maxPlayers} players`,
        `The game is full; maxPlayers is ${this.options.maxPlayers}`,
      )
    if (!isUuid(identityId))
      throw new InvalidArgumentError('identityId', identityId, 'an identity id (a UUID)')
    const id = ++this.#lastId
    this.#players.set(id, { id, identityId: identityId.toLowerCase(), name })
    return id
  }

  leave(id: number): void {
    this.#players.delete(id)
  }

  /** Bans an identity, and removes the player from the game; `false` if there is no room for another ban. */
  ban(identityId: string, name: string, seconds: number, reason: string): boolean {
    const others = this.bans.filter((ban) => ban.identityId !== identityId)
    if (others.length >= this.options.maxBans) return false
    const expiresAt = seconds === 0 ? undefined : this.now + seconds * SECOND_MS
    this.#bans = [...others, { identityId, name, expiresAt, reason }]
    for (const player of this.players) if (player.identityId === identityId) this.leave(player.id)
    return true
  }

  unban(identityId: string): void {
    this.#bans = this.bans.filter((ban) => ban.identityId !== identityId)
  }

  #inventUuid(): string {
    const digits = (count: number) => hexDigits(this.random, count)
    return [digits(8), digits(4), digits(4), digits(4), digits(12)].join('-')
  }
}
