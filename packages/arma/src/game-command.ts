import type { Command, Remark } from '@bercon/core'
import { parseRemark } from '@bercon/core/kit'

/** The games that pass `#` commands on from RCON. */
export type ArmaGame = 'arma2oa' | 'arma3' | 'dayz'

/** A command to the game itself, beside those of BattlEye. */
export interface GameCommand<T = Remark> extends Command<T> {
  /** Where it is known to do something; elsewhere the reply is as empty, and nothing happens. */
  readonly games: readonly ArmaGame[]
  /** What no reply gives, where the server goes away after the command; where it is left out, that is an error. */
  readonly onNoReply?: () => T
}

export const ARMA_3: readonly ArmaGame[] = ['arma3']
export const ARMA: readonly ArmaGame[] = ['arma2oa', 'arma3']
export const EVERY_GAME: readonly ArmaGame[] = ['arma2oa', 'arma3', 'dayz']

/** Makes a command that the game answers with an empty reply, whatever becomes of it (W3). */
export function gameCommand(text: string, games: readonly ArmaGame[], resend = false): GameCommand {
  return { text, resend, games, parse: parseRemark }
}

/** What came of a command after which the server goes away. */
export interface Departure {
  /** Whether the server replied before it went; silence is normal, and does not say that it was executed. */
  readonly answered: boolean
  /** The reply's text where it is not empty. */
  readonly remark: Remark
}

const SILENCE: Departure = { answered: false, remark: undefined }

/** A command after which the server goes away: silence is no error, and it can never be sent again. */
export function departureCommand(text: string, games: readonly ArmaGame[]): GameCommand<Departure> {
  return {
    text,
    resend: false,
    games,
    parse: (reply) => ({ answered: true, remark: parseRemark(reply) }),
    onNoReply: () => SILENCE,
  }
}
