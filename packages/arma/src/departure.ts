import type { Remark } from '@bercon/core'
import { type ArmaGame, type GameCommand, parseRemark } from './game-command.js'

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
    silence: () => SILENCE,
  }
}
