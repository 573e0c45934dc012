// @ts-nocheck
import { cutText } from '@bercon/server/kit'

/** A ban as the world stores it. */
export interface GameBan {
  readonly kind: 'guid' | 'ip'
  /** The GUID, in lower case, or the IP address. */
  readonly target: string
  /** When it ends, by the clock of the world's `now`; `undefined` for a permanent ban. */
  readonly expiresAt: number | undefined
  /** At most 64 bytes of UTF-8, like in BattlEye; may be empty. */
  readonly reason: string
}

/** A ban to add. */
export interface NewBan {
  /**
   * A GUID of 32 hex digits or an IPv4 address. Anything else bans `0.0.0.0`, like on real servers, which affects
   * nobody.
   */
  readonly target: string
  /**
   * Length in minutes; 0 is permanent.
   * @default 0
   */
  readonly minutes?: number
  /** @default '' */
  readonly reason?: string
}

// How much of a reason BattlEye keeps; seen in `bans.txt` of four servers.
const MAX_REASON_BYTES = 64
const MINUTE_MS = 60_000
const GUID = /^[0-9a-f]{32}$/i
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/

export function isGuid(text: string): boolean {
  return GUID.test(text)
}

/** Creates a ban at `now` from a target, a length and a reason. */
export function createBan({ target, minutes = 0, reason: whole = '' }: NewBan, now: number): GameBan {
  const reason = cutText(whole, MAX_REASON_BYTES)
  const expiresAt = minutes > 0 ? now + minutes * MINUTE_MS : undefined
  if (isGuid(target)) return { kind: 'guid', target: target.toLowerCase(), expiresAt, reason }
  return { kind: 'ip', target: IPV4.test(target) ? target : '0.0.0.0', expiresAt, reason }
}

export function isExpired(ban: GameBan, now: number): boolean {
  return ban.expiresAt !== undefined && ban.expiresAt <= now
}

/** Whether this ban applies to an address or a GUID; `undefined` is a GUID that is not known yet. */
export function holds(ban: GameBan, ip: string, guid: string | undefined, now: number): boolean {
  return ban.target === (ban.kind === 'ip' ? ip : guid) && !isExpired(ban, now)
}

/** Whole minutes, 0 in the last one. Fractions of a second are rounded up, so that a ban of an hour is first listed as 60. */
export function minutesLeft(expiresAt: number, now: number): number {
  return Math.floor(Math.ceil((expiresAt - now) / 1000) / 60)
}

/** The bans in the order of their numbers: first those of GUIDs, then those of IP addresses, numbered together. */
export class BanList {
  readonly #limit: number
  #guidBans: GameBan[] = []
  #ipBans: GameBan[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  get guidBans(): readonly GameBan[] {
    return this.#guidBans
  }

  get ipBans(): readonly GameBan[] {
    return this.#ipBans
  }

  /** Adds a ban; `false` if there is no room. */
  add(ban: GameBan): boolean {
    if (this.#guidBans.length + this.#ipBans.length >= this.#limit) return false
    const section = ban.kind === 'guid' ? this.#guidBans : this.#ipBans
    section.push(ban)
    return true
  }

  /** Removes the ban with this number, if it exists; the numbers after it shift. */
  remove(number: number): void {
    const count = this.#guidBans.length
    if (number < count) this.#guidBans.splice(number, 1)
    else this.#ipBans.splice(number - count, 1)
  }

  dropExpired(now: number): void {
    const isInForce = (ban: GameBan) => !isExpired(ban, now)
    this.#guidBans = this.#guidBans.filter(isInForce)
    this.#ipBans = this.#ipBans.filter(isInForce)
  }

  /** The first ban that applies to an address or a GUID; `undefined` is a GUID that is not known yet. */
  find(ip: string, guid: string | undefined, now: number): GameBan | undefined {
    const isFor = (ban: GameBan) => holds(ban, ip, guid, now)
    return this.#ipBans.find(isFor) ?? this.#guidBans.find(isFor)
  }
}
