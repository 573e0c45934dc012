import type { Reply } from '@bercon/server'

/** One RCON admin who is logged in. */
export interface GameAdmin {
  /** The number that the server calls this admin by: the lowest that nobody logged in has. */
  readonly id: number
  readonly address: string
  readonly port: number
}

/** What a world asks of the server that it runs in. */
export type ServerAction =
  /** The RCON password is another one from now on; who is logged in stays so. */
  | { readonly type: 'password'; readonly password: string }
  /** An admin sent a command to the game (`#shutdown`, `#restart` …); what becomes of it is the server's to decide. */
  | { readonly type: 'game-command'; readonly text: string; readonly admin: number | undefined }
  /** An admin has logged out (`@logout` of Reforger). */
  | { readonly type: 'logout'; readonly admin: number }
  /** A message for one admin alone. */
  | { readonly type: 'message'; readonly message: Reply; readonly admin: number }

/**
 * What an RCON server needs of the game behind it. Time is an argument, in milliseconds of any monotonic clock;
 * after each call take the messages and the actions, and ask for the next timeout.
 */
export interface World {
  /** How many admins the game takes: a login beyond is not answered. Without it, the server decides. */
  readonly maxAdmins?: number
  /** Runs one command of an admin (`undefined`: of nobody who is logged in) and gives the text of the reply. */
  execute(command: string, admin: number | undefined, now: number): string
  /** Announces to every admin that somebody logged in (W2). */
  adminJoined(admin: GameAdmin, now: number): void
  /** An admin is gone; nobody is told, as no message for it is known (W2). */
  adminLeft(id: number, now: number): void
  /** Does all that is due at `now`. */
  handleTimeout(now: number): void
  /** When {@link World.handleTimeout} wants to be called next; `undefined` when nothing will happen by itself. */
  nextTimeout(): number | undefined
  /** Takes the server messages, for every admin, in order. */
  takeMessages(): readonly string[]
  /** Takes what the server is asked to do, in order. */
  takeActions(): readonly ServerAction[]
  /**
   * Calls `listener`, the only one, whenever something was done to the world other than by these methods: there may be
   * something to take then, and another next timeout.
   */
  onWork(listener: () => void): void
}
