// @ts-nocheck
import type { Command, Remark } from '@bercon/core'
import { parseRemark } from '@bercon/core/kit'

/** The games that pass `#` commands on from RCON. */
export type ArmaGame = 'arma2oa' | 'arma3' | 'dayz'

/** A command to the game itself, beside those of BattlEye. */
export interface GameCommand<T = Remark> extends Command<T> {
  /** The games in which it is known to work; elsewhere the reply is just as empty, without an effect. */
  readonly games: readonly ArmaGame[]
  /** The result without a reply, for commands after which the server goes away; without it, no reply is an error. */
  readonly onNoReply?: () => T
}

export const ARMA_3: readonly ArmaGame[] = ['arma3']
export const ARMA: readonly ArmaGame[] = ['arma2oa', 'arma3']
export const EVERY_GAME: readonly ArmaGame[] = ['arma2oa', 'arma3', 'dayz']

/** Makes a command that the game answers with an empty reply, whatever the outcome (W3). */
export function gameCommand(text: string, games: readonly ArmaGame[], resend = false): GameCommand {
  return { text, resend, games, parse: parseRemark }
}

/** The outcome of a command after which the server goes away. */
export interface Departure {
  /** Whether the server replied before it went; no reply is normal, and does not mean that the command was executed. */
  readonly answered: boolean
  /** The reply's text where it is not empty. */
  readonly remark: Remark
}

const SILENCE: Departure = { answered: false, remark: undefined }

/** A command after which the server goes away: no reply is not an error, and it is never sent again. */
export function departureCommand(text: string, games: readonly ArmaGame[]): GameCommand<Departure> {
  return {
    text,
    resend: false,
    games,
    parse: (reply) => ({ answered: true, remark: parseRemark(reply) }),
    onNoReply: () => SILENCE,
  }
}
