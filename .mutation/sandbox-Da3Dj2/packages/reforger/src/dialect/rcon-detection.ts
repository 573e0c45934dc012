// @ts-nocheck
import { parseServerMessage } from '@bercon/core'
import { decodeText } from '@bercon/core/kit'
import { parseEcho, parseLogin } from '../reforger-message.js'
import type { ReforgerOptions, ReforgerRcon } from './reforger-options.js'
import type { SessionMessage } from './sorted-message.js'

/** Detects which RCON a server runs, unless that is set: by its first messages, or by its answer to `players`. */
export class RconDetection {
  readonly #waitMs: number
  #rcon: ReforgerRcon | undefined
  #probeAt = Number.POSITIVE_INFINITY

  constructor({ rcon, detectionDelayMs }: Pick<ReforgerOptions, 'rcon' | 'detectionDelayMs'>) {
    this.#rcon = rcon === 'auto' ? undefined : rcon
    this.#waitMs = detectionDelayMs
  }

  /** `undefined` while it is not known. */
  get rcon(): ReforgerRcon | undefined {
    return this.#rcon
  }

  /** When to send `players`, `Infinity` for never. */
  get probeAt(): number {
    return this.#probeAt
  }

  loggedIn(now: number): void {
    if (this.#rcon === undefined) this.#probeAt = now + this.#waitMs
  }

  /** Whether to send `players` now; `true` once. */
  takeProbe(now: number): boolean {
    if (now < this.#probeAt) return false
    this.#probeAt = Number.POSITIVE_INFINITY
    return true
  }

  /** Cancels the request: the session has ended. */
  stop(): void {
    this.#probeAt = Number.POSITIVE_INFINITY
  }

  receiveMessage({ bytes }: SessionMessage): void {
    if (this.#rcon !== undefined) return
    const text = decodeText(bytes)
    if (parseLogin(text) !== undefined || parseEcho(text) !== undefined) this.#settle('built-in')
    else if (parseServerMessage(text).type === 'adminLogin') this.#settle('battleye')
  }

  /** BattlEye's RCON answers with a table, even an empty one; the built-in one with an empty response first. */
  receivePlayersReply(bytes: Uint8Array): void {
    if (this.#rcon === undefined) this.#settle(bytes.length > 0 ? 'battleye' : 'built-in')
  }

  #settle(rcon: ReforgerRcon): void {
    this.#rcon = rcon
    this.stop()
  }
}
