// @ts-nocheck
import type { Reply } from '@bercon/server'

/** An RCON admin who is logged in. */
export interface GameAdmin {
  /** The admin's number on the server: the lowest free one. */
  readonly id: number
  readonly address: string
  readonly port: number
}

/** Actions that a world requests from its server. */
export type ServerAction =
  /** Changes the RCON password; admins who are logged in stay logged in. */
  | { readonly type: 'password'; readonly password: string }
  /** An admin sent a command to the game (`#shutdown`, `#restart` …); the server decides what happens. */
  | { readonly type: 'game-command'; readonly text: string; readonly admin: number | undefined }
  /** An admin logged out (`@logout` of Reforger). */
  | { readonly type: 'logout'; readonly admin: number }
  /** A message for one admin only. */
  | { readonly type: 'message'; readonly message: Reply; readonly admin: number }

/**
 * What an RCON server needs of the game behind it. Time is an argument, in milliseconds of any monotonic clock. After
 * each call, take the messages and actions, and get the next timeout.
 */
export interface World {
  /** Most admins that the game accepts; a further login is not answered. If omitted, the server decides. */
  readonly maxAdmins?: number
  /** Runs a command of an admin (`undefined`: not logged in) and returns the text of the reply. */
  execute(command: string, admin: number | undefined, now: number): string
  /** Announces a login to every admin (W2). */
  adminJoined(admin: GameAdmin, now: number): void
  /** Removes an admin. It is not announced, because no message for it is known (W2). */
  adminLeft(id: number, now: number): void
  /** Runs everything due at `now`. */
  handleTimeout(now: number): void
  /** When to call {@link World.handleTimeout} next; `undefined` if nothing is due. */
  nextTimeout(): number | undefined
  /** Takes the server messages for all admins, in order. */
  takeMessages(): readonly string[]
  /** Takes the requested actions, in order. */
  takeActions(): readonly ServerAction[]
  /**
   * Calls `listener`, the only one, whenever a call other than these methods changed the world: messages, actions and
   * the next timeout may have changed.
   */
  onWork(listener: () => void): void
}
